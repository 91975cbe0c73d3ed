import { compileTexts, textId, type ScreenText } from './compile-texts';
import type { Language } from './languages';
import { readCatalogue } from './read-catalogue';
import type { Values } from './template';
import { unreviewedKeys } from './unreviewed-keys';

/** Every text of the service in every language, ready to be filled in. */
export interface Texts {
  /** The languages of the service, the source language first. */
  readonly languages: readonly Language[];
  /** @throws Error naming language and key for a text that is not there, or a value that is missing. */
  t(locale: string, namespace: string, key: string, values?: Values): string;
  has(locale: string, namespace: string, key: string): boolean;
  /** @throws Error naming language and state for a screen without any text. */
  screen(locale: string, namespace: string, state: string): ScreenText;
  /** `<namespace>.<key>` of the texts that no native reader has signed as they stand now. */
  unreviewedKeys(locale: string, namespaces: readonly string[]): string[];
}

/**
 * Reads every text once, at start. No language falls back to another.
 * @param root the folder that holds `locales/`
 * @throws Error for a file that cannot be read and for a malformed text.
 */
export function openTexts({ root }: { root: string }): Texts {
  const catalogue = readCatalogue(root);
  const { templates, screens } = compileTexts(catalogue);
  return {
    languages: Array.from(catalogue.values(), ({ language }) => language),
    t: (locale, namespace, key, values) =>
      known(templates, textId(locale, namespace, key))(values),
    has: (locale, namespace, key) =>
      templates.has(textId(locale, namespace, key)),
    screen: (locale, namespace, state) =>
      known(screens, textId(locale, namespace, state)),
    unreviewedKeys: (locale, namespaces) =>
      unreviewedKeys(catalogue, locale, namespaces),
  };
}

function known<T>(all: ReadonlyMap<string, T>, id: string): T {
  const one = all.get(id);
  if (one === undefined) throw new Error(`there is no text "${id}"`);
  return one;
}
