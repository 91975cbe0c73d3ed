import { isGsm7 } from '../../src/text/gsm7';
import { formatXof } from '../../src/text/money';

test.each([
  [0, '0 F CFA'],
  [999, '999 F CFA'],
  [1_000, '1 000 F CFA'],
  [30_000, '30 000 F CFA'],
  [100_005, '100 005 F CFA'],
  [1_250_000, '1 250 000 F CFA'],
])('%d is written %j', (amountXof, written) => {
  expect(formatXof(amountXof)).toBe(written);
  expect(isGsm7(written)).toBe(true);
});

test.each([0.5, 30_000.01, -5, NaN, Infinity, 2 ** 53])(
  '%d is no amount',
  (amountXof) => expect(() => formatXof(amountXof)).toThrow(RangeError),
);
