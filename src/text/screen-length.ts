import { fold, septets } from './gsm7';
import { longestLines, type LongestValues } from './longest-values';
import { allTexts, type LanguageTexts } from './read-catalogue';
import { screenPartOf } from './screen-parts';

/** The screen of a text, by the name of its state; a text of no screen stands for itself. */
export function screenOf(key: string): string {
  return screenPartOf(key)?.state ?? key;
}

/**
 * Septets of each screen of a language, by `<namespace>.<state>`: all its lines and choices
 * together and every value at its longest. What a call shows is told by walking the flows: some
 * lines never stand together, and a further page adds a key.
 */
export function screenLengths(
  one: LanguageTexts,
  longest: LongestValues,
): Map<string, number> {
  const texts = allTexts(one);
  const wayBack = [texts.get('common.back'), texts.get('common.quit')]
    .filter((text) => text !== undefined)
    .reduce((best, text) => (text.length > best.length ? text : best), '');
  const screens = new Map<string, string[]>();
  for (const [namespace, keys] of one.texts) {
    for (const [key, text] of keys) {
      const state = screenOf(key);
      const part = screenPartOf(key)?.part;
      const lines = longestLines(text, longest, { namespace, state, texts });
      const screen = screens.get(`${namespace}.${state}`) ?? [];
      if (part !== undefined && screen.length === 0)
        screen.push(`0 ${wayBack}`);
      screen.push(
        ...lines.map((line) => (part === 'choices' ? `1 ${line}` : line)),
      );
      screens.set(`${namespace}.${state}`, screen);
    }
  }
  return new Map(
    Array.from(screens, ([screen, lines]) => [
      screen,
      septets(fold(lines.join('\n'), 'gsm7')),
    ]),
  );
}
