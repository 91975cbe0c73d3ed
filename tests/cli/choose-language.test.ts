import { chooseLanguage } from '../../src/cli/choose-language';
import { packageRoot } from '../../src/runtime/package-root';
import { fold } from '../../src/text/gsm7';
import { openTexts } from '../../src/text/texts';

const { languages } = openTexts({ root: packageRoot });
const asking =
  'Jigisèmèjiri\nKan sugandi\nLangue\n1 Bamanankan\n2 Francais\n0 Bò';

test('the key of a language is found by its own name, in either alphabet', () => {
  expect(chooseLanguage(asking, languages, 'bm')).toBe('1');
  expect(chooseLanguage(asking, languages, 'fr')).toBe('2');
  expect(chooseLanguage(fold(asking, 'ascii'), languages, 'fr')).toBe('2');
});

test('a screen that does not offer every language is left to the caller', () => {
  const other = '1 Mon paiement\n2 Francais\n0 Quitter';
  expect(chooseLanguage(other, languages, 'fr')).toBeUndefined();
  expect(chooseLanguage(asking, languages, 'xx')).toBeUndefined();
});
