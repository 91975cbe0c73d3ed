import fc from 'fast-check';
import { isDammValid, spokenPairs, withDamm } from '../../src/text/check-digit';

const sevenDigits = fc.stringMatching(/^[0-9]{7}$/);

test('the check digit is that of the published table', () => {
  // 572 is Damm's own example: its check digit is 4.
  expect(withDamm('0000572')).toBe('00005724');
});

test('a number with its check digit is valid', () => {
  fc.assert(
    fc.property(sevenDigits, (digits) => isDammValid(withDamm(digits))),
  );
});

test('one wrong digit is always noticed', () => {
  fc.assert(
    fc.property(
      sevenDigits,
      fc.nat(7),
      fc.integer({ min: 1, max: 9 }),
      (digits, at, shift) => {
        const good = withDamm(digits);
        const wrong = String((Number(good.charAt(at)) + shift) % 10);
        return !isDammValid(good.slice(0, at) + wrong + good.slice(at + 1));
      },
    ),
  );
});

test('two neighbours swapped are always noticed', () => {
  fc.assert(
    fc.property(sevenDigits, fc.nat(6), (digits, at) => {
      const good = withDamm(digits);
      const first = good.charAt(at);
      const second = good.charAt(at + 1);
      fc.pre(first !== second);
      return !isDammValid(
        good.slice(0, at) + second + first + good.slice(at + 2),
      );
    }),
  );
});

test.each(['', '1234567', '123456789', '1234 678', '1234567a'])(
  '%j is not a number with a check digit',
  (text) => expect(isDammValid(text)).toBe(false),
);

test('a check digit is given to seven digits only', () => {
  expect(() => withDamm('123456')).toThrow(RangeError);
});

test('digits are read out two by two', () => {
  expect(spokenPairs('12345678')).toBe('12 34 56 78');
  expect(spokenPairs('12345')).toBe('12 34 5');
});
