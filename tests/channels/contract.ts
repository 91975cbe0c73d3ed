import type {
  RawBody,
  UssdEnd,
  UssdGateway,
  UssdPage,
  UssdScreen,
  UssdTurn,
} from '../../src/channels/contract';
import { isGsm7, septets } from '../../src/text/gsm7';

/** What a gateway's table says; from it the contract derives the ways a request can be wrong. */
export interface UssdCases {
  contentType: string;
  /** A good request as a table of fields, and its encoding into a body. */
  request: Readonly<Record<string, unknown>>;
  encode: (fields: readonly (readonly [string, unknown])[]) => string;
  /** Fields without which there is no turn. */
  required: readonly string[];
  /** Fields whose shape is checked; each once doubled, with NUL, over-long and of a wrong type. */
  checked: readonly string[];
  /** A request of which only this field is wrong can still be answered. */
  answerableWithout: (field: string) => boolean;
  turns: readonly { name: string; body: string; turn: UssdTurn }[];
  /** Requests that must not become a turn, with words that the reason must not hold. */
  refused: readonly { name: string; body: RawBody; secrets?: string[] }[];
  screens: readonly {
    name: string;
    screen: UssdScreen;
    to?: UssdTurn;
    body: string;
  }[];
  ends?: readonly { name: string; body: string; end: UssdEnd }[];
}

const PAGES: readonly UssdPage[] = [
  { septets: 160, alphabet: 'gsm7' },
  { septets: 160, alphabet: 'ascii' },
];

const ALL_LETTERS =
  'Ɲininkali: à é è ù ç ê œ “deux” ɛ ɔ ɲ ŋ — 30 000 F\u00a0CFA\n1 Ɔwɔ 😀';

/** What every USSD gateway must do, whatever its dialect. */
export function describeUssdGateway(
  make: (page: UssdPage) => UssdGateway,
  cases: UssdCases,
): void {
  const gateway = make({ septets: 160, alphabet: 'gsm7' });
  const read = (text: string, contentType = cases.contentType) =>
    gateway.readTurn({ contentType, text });

  describe('reads a turn', () => {
    test.each(cases.turns)('$name', ({ body, turn }) => {
      expect(read(body)).toEqual({ kind: 'read', value: turn });
    });

    test('and does not mind a charset in the content type, nor unknown fields', () => {
      const fields = [...Object.entries(cases.request), ['novelty', 'x']];
      const contentType = `${cases.contentType.toUpperCase()}; charset=utf-8`;
      const body = cases.encode(fields as [string, unknown][]);
      expect(read(body, contentType).kind).toBe('read');
    });
  });

  describe('refuses', () => {
    const expectRefused = (text: string, contentType = cases.contentType) => {
      const result = read(text, contentType);
      if (result.kind !== 'unreadable') throw new Error(`was ${result.kind}`);
      return result;
    };

    test.each(cases.refused)('$name', ({ body, secrets = [] }) => {
      const { reason } = expectRefused(body.text, body.contentType);
      for (const secret of secrets) expect(reason).not.toContain(secret);
    });

    test.each(cases.required)('a request without %s', (field) => {
      const { answerable } = expectRefused(cases.encode(without(field)));
      expect(answerable).toBe(cases.answerableWithout(field));
    });

    test.each(cases.checked)('%s twice', (field) => {
      const twice: [string, unknown] = [field, cases.request[field]];
      expectRefused(cases.encode([...Object.entries(cases.request), twice]));
    });

    const wrong: readonly [string, unknown][] = [
      ['a NUL', '1\u0000'],
      ['a line feed', '1\n'],
      ['a letter that was not UTF-8', '1\ufffd'],
      ['more than any call can hold', '1'.repeat(2_000)],
    ];
    for (const [name, value] of wrong) {
      test.each(cases.checked)(`${name} in %s`, (field) => {
        const { reason, answerable } = expectRefused(
          cases.encode(replaced(field, value)),
        );
        expect(reason).not.toContain('1');
        expect(answerable).toBe(cases.answerableWithout(field));
      });
    }

    test.each(['', '\u0000', '{', '[]', 'null', '%', '&&==&', '"text"'])(
      'a body that says nothing: %j',
      (text) => {
        expectRefused(text);
      },
    );

    test.each([
      '',
      'text/plain',
      'multipart/form-data; boundary=x',
      'text/xml',
    ])('a good body announced as %j', (contentType) => {
      const entries = Object.entries(cases.request);
      expectRefused(cases.encode(entries), contentType);
    });

    test('and its reason never holds what stood in the request', () => {
      const values = Object.values(cases.request).map(String);
      for (const field of cases.required) {
        const { reason } = expectRefused(cases.encode(without(field)));
        for (const value of values.filter((one) => one.length > 2)) {
          expect(reason).not.toContain(value);
        }
      }
    });
  });

  describe('writes a screen', () => {
    test.each(cases.screens)('$name', ({ screen, to, body }) => {
      const reply = gateway.writeScreen(screen, to);
      expect(reply.body).toBe(body);
      expect(reply.status).toBe(200);
      expect(reply.contentType).toMatch(/; charset=utf-8$/);
    });

    test.each(PAGES)('in no letter outside $alphabet', (page) => {
      const one = make(page);
      const reply = one.writeScreen({ text: ALL_LETTERS, end: false });
      expect(isGsm7(reply.body)).toBe(true);
      expect(septets(reply.body)).toBeGreaterThan(40);
      if (page.alphabet === 'ascii') expect(reply.body).toMatch(/^[\n -~]*$/);
    });

    test('even when nobody knows whom it answers', () => {
      const reply = gateway.writeScreen({ text: 'Merci.', end: true });
      expect(reply.status).toBe(200);
      expect(reply.body).toContain('Merci.');
    });
  });

  const { ends = [] } = cases;
  if (ends.length > 0) {
    describe('reads how a call ended', () => {
      test.each(ends)('$name', ({ body, end }) => {
        const text = body;
        const { contentType } = cases;
        expect(gateway.readEnd?.({ contentType, text })).toEqual({
          kind: 'read',
          value: end,
        });
      });
    });
  }

  test('keeps the caller and what was typed out of every log', () => {
    const turn = cases.turns[0]?.turn;
    const secretFields = Object.entries(cases.request)
      .filter(([, value]) =>
        String(value).includes(turn?.msisdn.slice(1) ?? '!'),
      )
      .map(([name]) => name);
    expect(secretFields).not.toHaveLength(0);
    expect(gateway.redact).toEqual(expect.arrayContaining(secretFields));
  });

  function without(field: string): [string, unknown][] {
    return Object.entries(cases.request).filter(([name]) => name !== field);
  }

  function replaced(field: string, value: unknown): [string, unknown][] {
    return Object.entries(cases.request).map(([name, good]) => [
      name,
      name === field ? value : good,
    ]);
  }
}
