import { foldName } from '../../src/text/fold-name';

test.each([
  ['Kita-Ouest', 'KITA OUEST'],
  ['N’Gouma', "N'Gouma"],
  ["N'Gouma", 'NGOUMA'],
  ['Ségou', 'segou'],
  ['Niono  Socoura ', 'niono socoura'],
  ['Ɲɔrɔ', 'Nyoro'],
  ['Jigisɛmɛjiri', 'Jigisèmèjiri'],
  ['Se\u0301gou', 'Ségou'],
])('%j and %j are one place', (one, other) => {
  expect(foldName(one)).toBe(foldName(other));
});

test('places with different letters stay apart', () => {
  expect(foldName('Kita')).not.toBe(foldName('Kati'));
});

test('nothing but marks is no name', () => {
  expect(foldName(" -'’ ")).toBe('');
});
