import { join } from 'node:path';
import { isJsonObject, readJsonObject } from './read-json';

/** A language of the service, as `locales/languages.json` has it. */
export interface Language {
  /** Name of its folder below `locales/`, such as `bm`. */
  code: string;
  /** Its own name, as callers read it. */
  name: string;
  /** The letters that its texts may hold besides those of ASCII, in its official spelling. */
  letters: string;
  /** The language in which the programme writes; the others are translated from it and reviewed. */
  isSource: boolean;
  /** Namespaces that exist in this language only, such as the console's words. */
  only: readonly string[];
}

/**
 * Reads the languages of the service, the source language first.
 * @throws Error naming the file and the language whose entry cannot be read.
 */
export function readLanguages(root: string): Language[] {
  const file = join(root, 'locales', 'languages.json');
  const languages = Object.entries(readJsonObject(file)).map(
    ([code, entry]) => {
      const language = languageOf(code, entry);
      if (language === undefined)
        throw new Error(`${file}: "${code}" is unclear`);
      return language;
    },
  );
  const sources = languages.filter(({ isSource }) => isSource);
  if (sources.length !== 1)
    throw new Error(`${file}: one language is the source`);
  return [...sources, ...languages.filter(({ isSource }) => !isSource)];
}

function languageOf(code: string, entry: unknown): Language | undefined {
  if (!isJsonObject(entry)) return undefined;
  const { name, letters, source = false, only = [] } = entry;
  if (typeof name !== 'string' || typeof letters !== 'string') return undefined;
  if (typeof source !== 'boolean' || !isTextList(only)) return undefined;
  return { code, name, letters, isSource: source, only };
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
