import { join } from 'node:path';
import { CALENDAR_NAMES } from '../../src/text/calendar-names';
import { catalogueFaults } from '../../src/text/catalogue-faults';
import { isListed, readLongestValues } from '../../src/text/longest-values';
import { allTexts, readCatalogue } from '../../src/text/read-catalogue';
import { screenOf } from '../../src/text/screen-length';
import { placesOf } from '../../src/text/template';
import { openTexts } from '../../src/text/texts';

const root = join(__dirname, '..', '..');
const catalogue = readCatalogue(root);
const languages = Array.from(catalogue.values());

test('the languages of the service agree, letter by letter, and each translation is accounted for', () => {
  expect(
    catalogueFaults(catalogue).map(
      ({ locale, key, sentence }) => `${locale} ${key}: ${sentence}`,
    ),
  ).toEqual([]);
});

test('every text can be filled in', () => {
  const texts = openTexts({ root });
  expect(texts.languages.map(({ code }) => code)).toEqual(['fr', 'bm']);
  expect(texts.t('fr', 'common', 'back')).toBe('Retour');
});

test('the longest value of every place is known (locales/longest-values.json)', () => {
  const longest = readLongestValues(root);
  const unlisted = languages.flatMap((one) =>
    Array.from(one.texts).flatMap(([namespace, keys]) =>
      Array.from(keys).flatMap(([key, text]) =>
        placesOf(text)
          .filter((place) => {
            const state = screenOf(key);
            const setting = { namespace, state, texts: allTexts(one) };
            return !isListed(place, longest, setting);
          })
          .map((place) => `${namespace}.${key}: ${place}`),
      ),
    ),
  );
  expect(unlisted).toEqual([]);
});

test('a value that is borrowed from other texts finds them in every language', () => {
  const borrowed = Array.from(readLongestValues(root).values()).flatMap(
    (value) => (value?.startsWith('=') === true ? [value.slice(1)] : []),
  );
  for (const one of languages) {
    const keys = Array.from(allTexts(one).keys());
    const missing = borrowed.filter(
      (asked) =>
        !keys.some((key) => key === asked || key.startsWith(`${asked}.`)),
    );
    expect(missing).toEqual([]);
  }
});

test('every language names its days and months', () => {
  for (const { language } of languages) {
    expect(CALENDAR_NAMES[language.code]?.weekdays).toHaveLength(7);
    expect(CALENDAR_NAMES[language.code]?.months).toHaveLength(12);
  }
});
