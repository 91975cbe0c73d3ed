import fc from 'fast-check';
import { createSealing } from '../../src/runtime/sealing';

const sealing = createSealing(['a secret of the service']);

test('whatever is sealed opens as it was', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      fc.string(),
      (text, context) => {
        const sealed = sealing.encrypt(context, text);
        expect(sealing.decrypt(context, sealed)).toBe(text);
      },
    ),
  );
});

test('the same value is never sealed alike, and does not show', () => {
  const first = sealing.encrypt('session 1', 'Mariam');
  expect(sealing.encrypt('session 1', 'Mariam')).not.toBe(first);
  expect(Buffer.from(first, 'base64url').toString('latin1')).not.toContain(
    'Mariam',
  );
});

test('a value moved to another session does not open', () => {
  const sealed = sealing.encrypt('session 1', 'Mariam');
  expect(sealing.decrypt('session 2', sealed)).toBeUndefined();
});

test('a value altered anywhere does not open', () => {
  const sealed = Buffer.from(sealing.encrypt('s', 'Mariam'), 'base64url');
  for (let at = 0; at < sealed.length; at += 1) {
    const altered = Buffer.from(sealed);
    altered.writeUInt8(altered.readUInt8(at) ^ 1, at);
    expect(sealing.decrypt('s', altered.toString('base64url'))).toBeUndefined();
  }
});

test.each(['', 'AAAA', 'not sealed at all', '\0'])(
  'what was never sealed, as "%s", does not open',
  (text) => {
    expect(sealing.decrypt('s', text)).toBeUndefined();
  },
);

test('after a change of secret old values open until the old secret is dropped', () => {
  const old = createSealing(['old secret']).encrypt('s', 'Mariam');
  const between = createSealing(['new secret', 'old secret']);
  expect(between.decrypt('s', old)).toBe('Mariam');
  const fresh = between.encrypt('s', 'Mariam');
  const after = createSealing(['new secret']);
  expect(after.decrypt('s', fresh)).toBe('Mariam');
  expect(after.decrypt('s', old)).toBeUndefined();
});

test('a sealing without a secret is refused', () => {
  expect(() => createSealing([])).toThrow(/at least one secret/);
});
