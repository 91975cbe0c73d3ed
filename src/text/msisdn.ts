import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** A number in E.164 form that may dial: `+` and digits, of any country. */
export type CallerNumber = string & { readonly e164: true };

/** A Malian mobile number, `+223XXXXXXXX`: the only kind that is linked to a household. */
export type Msisdn = CallerNumber & { readonly malianMobile: true };

/** A Malian mobile network. */
export type Operator = 'orange' | 'malitel' | 'telecel';

/**
 * First digits of mobile ranges that the regulator opened before libphonenumber knew them,
 * such as `54`. None today.
 */
export const NEW_RANGES: readonly string[] = [];

/**
 * First digits of each operator's numbers. Numbers are not portable in Mali, so the prefix tells
 * the network; 85 to 88 are in the numbering plan without a known owner.
 * Sources: AMRTP notice to ITU of 6.III.2018; carrier metadata of libphonenumber.
 */
export const OPERATOR_PREFIXES: Readonly<Record<Operator, readonly string[]>> =
  {
    malitel: [
      ...['60', '61', '62', '63', '64', '65', '66', '67', '68', '69', '89'],
      ...['95', '96', '97', '98', '99', '2079', '217'],
    ],
    orange: [
      ...['70', '71', '72', '73', '74', '75', '76', '77', '78', '79'],
      ...['82', '83', '84', '90', '91', '92', '93', '94', '2001'],
    ],
    telecel: ['50', '51', '52', '53'],
  };

const COUNTRY = '+223';
const E164 = /^\+[1-9]\d{6,14}$/;
// These three first digits are mobile to the last number: the metadata need not be asked.
const SURELY_MOBILE = /^(?:(?:\+|00)?223)?([679]\d{7})$/;
// A spreadsheet that took the number for a quantity: 7612345.0 has seven digits, not eight.
const DECIMAL = /[.,]\d$/;
const SEPARATORS = /[ .-]/g;

/**
 * Reads a Malian mobile number in any form that people write.
 * @returns undefined for anything else: fixed lines, other countries, extensions, wrong lengths.
 */
export function parseMsisdn(
  raw: string,
  newRanges: readonly string[] = NEW_RANGES,
): Msisdn | undefined {
  if (DECIMAL.test(raw)) return undefined;
  const plain = SURELY_MOBILE.exec(raw.replace(SEPARATORS, ''))?.[1];
  if (plain !== undefined) return branded(COUNTRY + plain);
  const number = parsePhoneNumberFromString(withoutDressing(raw), {
    defaultCountry: 'ML',
    // Digits are not picked out of a sentence: "76123456 (Moussa)" is for a person to correct.
    extract: false,
  });
  if (number?.country !== 'ML' || number.ext !== undefined) return undefined;
  const isMobile = number.isValid() && number.getType() === 'MOBILE';
  const isNew =
    number.nationalNumber.length === 8 &&
    newRanges.some((range) => number.nationalNumber.startsWith(range));
  return isMobile || isNew ? branded(number.number) : undefined;
}

/**
 * Reads the number that a gateway says is calling: E.164 with its plus, of any country (roaming).
 * Any range of a possible length is let in, for a network knows its own numbers better than any
 * table. A space in the place of the plus means that a form was decoded wrongly, and is refused.
 */
export function parseCaller(raw: string): CallerNumber | undefined {
  if (!E164.test(raw)) return undefined;
  if (raw.startsWith(COUNTRY)) {
    return raw.length === 12 ? branded(raw) : undefined;
  }
  const number = parsePhoneNumberFromString(raw);
  return number?.isPossible() === true ? branded(raw) : undefined;
}

/** Whether a caller's number can be linked to a household. */
export function isMsisdn(
  caller: string,
  newRanges: readonly string[] = NEW_RANGES,
): caller is Msisdn {
  return parseMsisdn(caller, newRanges) === caller;
}

/** The only form in which a number may be logged: `+223••••••56`. */
export function maskMsisdn(number: string): string {
  if (number.length < 8) return '•'.repeat(number.length);
  return number.slice(0, 4) + '•'.repeat(number.length - 6) + number.slice(-2);
}

/** A number as people say it, `76 12 34 56`; one of another country stays in E.164 form. */
export function spokenMsisdn(number: string): string {
  if (!number.startsWith(COUNTRY)) return number;
  return number.slice(COUNTRY.length).replace(/(\d{2})(?=\d)/g, '$1 ');
}

/** The network of a number, by its prefix; undefined for other countries and unknown ranges. */
export function operatorOf(
  number: CallerNumber,
  prefixes = OPERATOR_PREFIXES,
): Operator | undefined {
  if (!number.startsWith(COUNTRY)) return undefined;
  const national = number.slice(COUNTRY.length);
  return OPERATORS.find((operator) =>
    prefixes[operator].some((prefix) => national.startsWith(prefix)),
  );
}

const OPERATORS: readonly Operator[] = ['orange', 'malitel', 'telecel'];

function withoutDressing(raw: string): string {
  return raw.trim().replace(/^tel:/i, '').replace(/[()]/g, '');
}

function branded(number: string): Msisdn {
  // The parse boundary: every caller of this function has just checked the form.
  return number as Msisdn;
}
