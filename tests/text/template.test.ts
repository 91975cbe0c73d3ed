import {
  compileTemplate,
  hasStrayBraces,
  placesOf,
} from '../../src/text/template';

test('places are filled, as often as they stand', () => {
  const template = compileTemplate('{{a}}, {{b.c}} et {{a}}', 'fr x:y');
  expect(template({ a: 1, 'b.c': 'deux' })).toBe('1, deux et 1');
});

test('what looks like a place, a group or a pattern in a value stays as it is', () => {
  const template = compileTemplate('de {{a}} à {{b}}', 'fr x:y');
  expect(template({ a: '{{b}} $1 <i>', b: '' })).toBe('de {{b}} $1 <i> à ');
});

test('a text without places needs no values', () => {
  expect(compileTemplate('Retour', 'fr x:y')()).toBe('Retour');
});

test('a missing value is named, with its text and language', () => {
  const template = compileTemplate('{{amount}}', 'bm payment:next.text');
  expect(() => template()).toThrow(
    'bm payment:next.text: no value for {{amount}}',
  );
  expect(() => template({ amounts: 1 })).toThrow('{{amount}}');
});

test('names of places are listed once, in order', () => {
  expect(placesOf('{{from}}-{{to}} {{a.b}} {{from}}')).toEqual([
    'from',
    'to',
    'a.b',
  ]);
});

test('a template tells its places', () => {
  expect(compileTemplate('{{a}} {{b}} {{a}}', 'fr x:y').places).toEqual([
    'a',
    'b',
  ]);
  expect(compileTemplate('Retour', 'fr x:y').places).toEqual([]);
});

test.each(['{name}', '{{name', 'name}}', '{{ name }}', '{{1}}', '{{}}'])(
  'a badly written place is refused: %s',
  (text) => {
    expect(hasStrayBraces(text)).toBe(true);
    expect(() => compileTemplate(text, 'fr x:y')).toThrow('fr x:y: braces');
  },
);
