import { packageRoot } from '../../src/runtime/package-root';
import { foldStrict } from '../../src/text/gsm7';
import { longestLines, readLongestValues } from '../../src/text/longest-values';
import { allTexts, readCatalogue } from '../../src/text/read-catalogue';
import { smsLength } from '../../src/text/segments';

/** `<language> <key>` of a text that may be longer than one segment, and why. None is today. */
const exceptions: Readonly<Record<string, string>> = {};

const longest = readLongestValues(packageRoot);
const messages = Array.from(readCatalogue(packageRoot).values()).flatMap(
  (language) =>
    Array.from(language.texts.get('sms') ?? [], ([key, text]) => {
      const texts = allTexts(language);
      const setting = { namespace: 'sms', state: key, texts };
      const full = longestLines(text, longest, setting).join('\n');
      const name = `${language.language.code} ${key}`;
      return { name, ...smsLength(foldStrict(full, 'gsm7')) };
    }),
);

test('every message is one GSM-7 segment, every value at its longest, or says why not', () => {
  expect(messages.length).toBeGreaterThan(80);
  const longer = messages.filter(
    ({ name, encoding, segments }) =>
      exceptions[name] === undefined && (encoding !== 'gsm7' || segments > 1),
  );
  expect(longer).toEqual([]);
});

test('an exception that is none any more is taken out', () => {
  const single = messages.filter(({ segments }) => segments === 1);
  expect(single.filter(({ name }) => exceptions[name] !== undefined)).toEqual(
    [],
  );
});
