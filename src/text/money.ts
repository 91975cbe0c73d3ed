/**
 * An amount as callers and staff read it: `30 000 F CFA`, with plain spaces. Intl would put
 * U+202F and U+00A0, which GSM-7 does not have.
 * @param amountXof whole CFA francs, not negative
 * @throws RangeError for anything else: such an amount is a mistake further up.
 */
export function formatXof(amountXof: number): string {
  return `${groupDigits(amountXof)} F CFA`;
}

function groupDigits(amountXof: number): string {
  if (!Number.isSafeInteger(amountXof) || amountXof < 0) {
    throw new RangeError('an amount is whole CFA francs, zero or more');
  }
  const digits = String(amountXof);
  let grouped = digits.slice(-3);
  for (let end = digits.length - 3; end > 0; end -= 3) {
    grouped = `${digits.slice(Math.max(0, end - 3), end)} ${grouped}`;
  }
  return grouped;
}
