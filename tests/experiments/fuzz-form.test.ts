import fc from 'fast-check';
import { readForm } from '../../src/channels/form';
import { fuzzed, fuzzTimeoutMs } from '../support/fuzz-cases';

const wanted = ['sessionId', 'phoneNumber', 'text'] as const;
const LOST = '\ufffd';

/** The same by the platform's own decoder, slowly and in few words. */
function slowly(body: string): Record<string, string> | 'unreadable' {
  const fields: Record<string, string> = {};
  for (const pair of body.split('&')) {
    if (pair === '' && !body.endsWith(`&${pair}`)) continue;
    const [name = '', ...rest] = pair.split('=');
    const written = decode(name);
    if (written === undefined) return 'unreadable';
    const known = wanted.find((one) => one === written.split('[')[0]);
    if (known === undefined) continue;
    const value = decode(rest.join('='));
    if (known !== written || known in fields || value === undefined)
      return 'unreadable';
    fields[known] = value;
  }
  return fields;
}

function decode(part: string): string | undefined {
  if (part.includes(LOST)) return undefined;
  try {
    return decodeURIComponent(part.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}

test(
  'fuzz: whatever a form holds, it is read as the platform reads it, or refused, and no reason tells a value',
  () => {
    const piece = fc.oneof(
      fc.constantFrom(...wanted, '=', '&', '%', '+', '[]', '[0]', '%5B', '%00'),
      fc.constantFrom(
        '%2B',
        '%c3%a9',
        '%C3',
        '%ff',
        '%EF%BF%BD',
        LOST,
        '*',
        '%2a',
      ),
      fc.string({ maxLength: 4 }),
      fc.string({ unit: 'binary', maxLength: 3 }),
    );
    const body = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece, { maxLength: 24 }).map((pieces) => pieces.join('')),
    );
    fc.assert(
      fc.property(body, (text) => {
        const read = readForm(text, wanted);
        expect(read.kind === 'read' ? read.fields : 'unreadable').toEqual(
          slowly(text),
        );
        if (read.kind === 'unreadable')
          expect(read.reason).toMatch(
            /^(a field name|sessionId|phoneNumber|text) is (not UTF-8|a list|doubled)$/,
          );
      }),
      fuzzed(),
    );
  },
  fuzzTimeoutMs,
);

test(
  'fuzz: what a gateway escapes is read as it was typed',
  () => {
    const field = fc
      .string({ unit: 'grapheme', maxLength: 20 })
      .filter((text) => !text.includes(LOST));
    fc.assert(
      fc.property(field, field, field, (sessionId, phoneNumber, text) => {
        const fields = { sessionId, phoneNumber, text };
        const body = new URLSearchParams({ ...fields, other: text }).toString();
        expect(readForm(body, wanted)).toEqual({ kind: 'read', fields });
      }),
      fuzzed(),
    );
  },
  fuzzTimeoutMs,
);
