import { join } from 'node:path';
import { readLongestValues } from '../../src/text/longest-values';
import {
  languageIn,
  readCatalogue,
  type LanguageTexts,
} from '../../src/text/read-catalogue';
import { screenLengths } from '../../src/text/screen-length';

const root = join(__dirname, '..', 'support');
const french = languageIn(readCatalogue(root), 'fr');

test('a screen is as long as its lines, its choices and the way back', () => {
  const shown = [
    'Paiement prevu',
    'du 12/03 au 16/03',
    '1 250 000 F CFA',
    'Mairie de Kita-Ouest',
    '1 Derniers paiements',
    '2 Un probleme',
    '0 Quitter',
  ].join('\n');
  const lengths = screenLengths(french, readLongestValues(root));
  expect(lengths.get('payment.next')).toBe(shown.length);
});

test('a text of no screen is as long as itself, with its longest value', () => {
  const lengths = screenLengths(french, readLongestValues(root));
  expect(lengths.get('common.back')).toBe('Retour'.length);
  expect(lengths.get('common.typeAgain')).toBe('Tapez 10 chiffres.'.length);
});

test('letters are counted as they are shown', () => {
  const bambara = languageIn(readCatalogue(root), 'bm');
  const lengths = screenLengths(
    withText(bambara, 'quit', 'Ɲɛfɛ'),
    readLongestValues(root),
  );
  expect(lengths.get('common.quit')).toBe('Nyèfè'.length);
});

test('a line that gives way to a longer one is not counted', () => {
  const one = withText(french, 'quit', 'a {{x}}\nb {{y}}');
  const longest = new Map([
    ['x', null],
    ['y', 'long'],
  ]);
  expect(screenLengths(one, longest).get('common.quit')).toBe('b long'.length);
});

test('a value can be the longest of several texts of the language', () => {
  const one = withText(french, 'quit', '{{word}}');
  const longest = new Map([['word', '=payment.next.choices']]);
  expect(screenLengths(one, longest).get('common.quit')).toBe(
    'Derniers paiements'.length,
  );
});

test('a value that nobody listed is as long as a name can be', () => {
  const one = withText(french, 'quit', '{{who}}');
  expect(screenLengths(one, new Map()).get('common.quit')).toBe(20);
});

function withText(
  one: LanguageTexts,
  key: string,
  text: string,
): LanguageTexts {
  const common = new Map(one.texts.get('common')).set(key, text);
  return { ...one, texts: new Map(one.texts).set('common', common) };
}
