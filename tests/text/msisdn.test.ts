import fc from 'fast-check';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import {
  isMsisdn,
  maskMsisdn,
  operatorOf,
  parseCaller,
  parseMsisdn,
  spokenMsisdn,
} from '../../src/text/msisdn';

test.each([
  '+22376123456',
  '+223 76 12 34 56',
  '76123456',
  '76 12 34 56',
  ' 76 12 34 56 ',
  '0022376123456',
  '00 223 76 12 34 56',
  '223-76-12-34-56',
  '22376123456',
  '223 76 12 34 56',
  '(+223) 76.12.34.56',
  '+223/76/12/34/56',
  'tel:+22376123456',
  '76\u00a012\u00a034\u00a056',
  '٧٦١٢٣٤٥٦',
  '７６１２３４５６',
])('%j is read', (raw) => {
  expect(parseMsisdn(raw)).toBe('+22376123456');
});

test.each([
  ['a trunk zero', '076123456'],
  ['a trunk zero after the country', '+223 0 76123456'],
  ['seven digits', '7612345'],
  ['nine digits', '761234567'],
  ['a letter O for a zero', '76 12 34 5O'],
  ['two numbers in one cell', '76123456 / 66123456'],
  ['two numbers and a semicolon', '76123456;66123456'],
  ['a short code', '36710'],
  ['an extension', '76123456 ext 5'],
  ['a name beside the number', '76123456 (Moussa)'],
  ['a decimal of seven digits', '7612345.0'],
  ['a number in powers of ten', '7.6123456E+07'],
  ['a fixed line', '20 22 16 15'],
  ['another country', '+2250701020304'],
  ['a range not opened yet', '54123456'],
  ['nothing', ''],
  ['words', 'pas de téléphone'],
])('%s is refused', (_what, raw) => {
  expect(parseMsisdn(raw)).toBeUndefined();
});

test('a range that the regulator has just opened can be let in', () => {
  expect(parseMsisdn('54 12 34 56', ['54'])).toBe('+22354123456');
  expect(parseMsisdn('55 12 34 56', ['54'])).toBeUndefined();
  expect(parseMsisdn('5412345', ['54'])).toBeUndefined();
});

test('the short way and the numbering plan agree on every eight digits', () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[0-9]{8}$/),
      fc.constantFrom('', '+223', '00223', '223', '+223 '),
      fc.constantFrom('', ' ', '-', '.'),
      (digits, prefix, mark) => {
        const raw = prefix + (digits.match(/../g) ?? []).join(mark);
        fc.pre(!/^(?:00|223)/.test(digits));
        const theirs = parsePhoneNumberFromString(raw, 'ML');
        const isMobile =
          theirs?.isValid() === true && theirs.getType() === 'MOBILE';
        expect(parseMsisdn(raw)).toBe(isMobile ? `+223${digits}` : undefined);
      },
    ),
    { numRuns: 3_000 },
  );
});

test.each([
  '+22376123456',
  '+22354123456',
  '+2250701020304',
  '+33612345678',
  '+254711000111',
])('%s may dial', (raw) => expect(parseCaller(raw)).toBe(raw));

test.each([
  ['a space for the plus', ' 22376123456'],
  ['no plus', '22376123456'],
  ['spaces inside', '+223 76 12 34 56'],
  ['too short for Mali', '+2237612345'],
  ['too long for Mali', '+223761234567'],
  ['too short for France', '+3361234'],
  ['no such country', '+99912345678'],
  ['too long for anybody', '+1234567890123456'],
  ['an address', '+22376123456@sip'],
  ['nothing', ''],
])('%s is no caller', (_what, raw) => {
  expect(parseCaller(raw)).toBeUndefined();
});

test('only a Malian mobile can be linked', () => {
  expect(isMsisdn('+22376123456')).toBe(true);
  expect(isMsisdn('76123456')).toBe(false);
  expect(isMsisdn('+22320221615')).toBe(false);
  expect(isMsisdn('+2250701020304')).toBe(false);
});

test.each([
  ['+22376123456', '+223••••••56'],
  ['+33612345678', '+336••••••78'],
  ['36710', '•••••'],
  ['', ''],
])('%j is logged as %j', (number, masked) => {
  expect(maskMsisdn(number)).toBe(masked);
});

test('a number is said two digits at a time', () => {
  expect(spokenMsisdn(caller('+22376123456'))).toBe('76 12 34 56');
  expect(spokenMsisdn(caller('+2250701020304'))).toBe('+2250701020304');
});

test.each([
  ['+22370123456', 'orange'],
  ['+22384123456', 'orange'],
  ['+22394123456', 'orange'],
  ['+22320011234', 'orange'],
  ['+22366123456', 'malitel'],
  ['+22389123456', 'malitel'],
  ['+22395123456', 'malitel'],
  ['+22320791234', 'malitel'],
  ['+22350123456', 'telecel'],
  ['+22385123456', undefined],
  ['+22320221615', undefined],
  ['+33612345678', undefined],
])('the network of %s is %s', (number, operator) => {
  expect(operatorOf(caller(number))).toBe(operator);
});

function caller(raw: string) {
  const number = parseCaller(raw);
  if (number === undefined) throw new Error(`${raw} is no caller`);
  return number;
}
