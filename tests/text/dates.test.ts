import {
  addDays,
  bamakoDay,
  daysBetween,
  isIsoDay,
  longDay,
  monthName,
  shortDay,
  weekdayDay,
} from '../../src/text/dates';

test('a day is written day first', () => {
  expect(shortDay('2026-03-12')).toBe('12/03');
  expect(longDay('2026-03-12')).toBe('12/03/2026');
});

test('the year is written when it is not the one of today', () => {
  expect(shortDay('2026-03-12', '2026-12-31')).toBe('12/03');
  expect(shortDay('2025-12-31', '2026-01-01')).toBe('31/12/2025');
  expect(weekdayDay('2027-01-01', 'fr', '2026-12-31')).toBe(
    'vendredi 01/01/2027',
  );
});

test.each([
  ['2026-03-08', 'dimanche 08/03', 'kari 08/03'],
  ['2026-03-09', 'lundi 09/03', 'ntɛnɛ 09/03'],
  ['2026-03-10', 'mardi 10/03', 'tarata 10/03'],
  ['2026-03-11', 'mercredi 11/03', 'araba 11/03'],
  ['2026-03-12', 'jeudi 12/03', 'alamisa 12/03'],
  ['2026-03-13', 'vendredi 13/03', 'juma 13/03'],
  ['2026-03-14', 'samedi 14/03', 'sibiri 14/03'],
])('%s is %s, and %s', (day, french, bambara) => {
  expect(weekdayDay(day, 'fr')).toBe(french);
  expect(weekdayDay(day, 'bm')).toBe(bambara);
});

test('every month has its name', () => {
  const months = Array.from({ length: 12 }, (_, index) => {
    const day = `2026-${String(index + 1).padStart(2, '0')}-15`;
    return `${monthName(day, 'fr')} ${monthName(day, 'bm')}`;
  });
  expect(months).toEqual([
    'janvier zanwuye',
    'février feburuye',
    'mars marisi',
    'avril awirili',
    'mai mɛ',
    'juin zuwɛn',
    'juillet zuluye',
    'août uti',
    'septembre sɛtanburu',
    'octobre ɔkutɔburu',
    'novembre nowanburu',
    'décembre desanburu',
  ]);
});

test('a language without names of days is an error, not an empty word', () => {
  expect(() => weekdayDay('2026-03-12', 'en')).toThrow('language "en"');
});

test('days are added and counted across months, years and 29 February', () => {
  expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
  expect(addDays('2026-03-12', -12)).toBe('2026-02-28');
  expect(daysBetween('2026-03-12', '2026-03-16')).toBe(4);
  expect(daysBetween('2026-03-16', '2026-03-12')).toBe(-4);
});

test('the day in Bamako is that of universal time', () => {
  expect(bamakoDay(new Date('2026-03-12T23:59:59.999Z'))).toBe('2026-03-12');
  expect(bamakoDay(new Date('2026-03-13T00:30:00+01:00'))).toBe('2026-03-12');
});

test.each(['2026-02-30', '2026-13-01', '12/03/2026', '2026-3-12', ''])(
  '%j is no day',
  (text) => {
    expect(isIsoDay(text)).toBe(false);
    expect(() => addDays(text, 1)).toThrow('YYYY-MM-DD');
  },
);
