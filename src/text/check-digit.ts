// Source: H. M. Damm, "Total anti-symmetrische Quasigruppen" (2004), the table of order 10.
const QUASIGROUP: readonly string[] = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
];

const SEVEN_DIGITS = /^\d{7}$/;
const EIGHT_DIGITS = /^\d{8}$/;

/**
 * Seven digits and their Damm check digit, which catches every single wrong digit and every
 * swap of neighbours.
 * @throws RangeError unless given seven digits
 */
export function withDamm(sevenDigits: string): string {
  if (!SEVEN_DIGITS.test(sevenDigits)) {
    throw new RangeError('a check digit is worked out for seven digits');
  }
  return sevenDigits + damm(sevenDigits);
}

/** Whether eight digits, typed without spaces, end with the right check digit. */
export function isDammValid(eightDigits: string): boolean {
  return EIGHT_DIGITS.test(eightDigits) && damm(eightDigits) === '0';
}

/** Digits as they are read out, two by two: `12 34 56 78`. */
export function spokenPairs(digits: string): string {
  return digits.replace(/(\d{2})(?=\d)/g, '$1 ');
}

function damm(digits: string): string {
  let interim = '0';
  for (const digit of digits) {
    interim = QUASIGROUP[Number(interim)]?.charAt(Number(digit)) ?? '';
  }
  return interim;
}
