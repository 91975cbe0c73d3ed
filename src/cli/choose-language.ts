import { fold } from '../text/gsm7';
import type { Language } from '../text/languages';

/**
 * The key of a language on a screen that offers all languages, each by its own name; undefined
 * on any other screen.
 */
export function chooseLanguage(
  screen: string,
  languages: readonly Pick<Language, 'code' | 'name'>[],
  wanted: string,
): string | undefined {
  const keys = new Map(
    languages.map(({ code, name }) => [code, keyOf(screen, name)]),
  );
  return [...keys.values()].includes(undefined) ? undefined : keys.get(wanted);
}

function keyOf(screen: string, name: string): string | undefined {
  const line = fold(screen, 'ascii')
    .split('\n')
    .find((one) => one.slice(2) === fold(name, 'ascii'));
  return line?.charAt(0);
}
