import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readLanguages, type Language } from './languages';
import { isJsonObject, readJsonObject } from './read-json';
import { readReview, type Review } from './review';

/** A locale file as it is written: texts, or texts below the name of their screen. */
export interface TextDocument {
  readonly [key: string]: string | TextDocument;
}

/** Every text of one language, by namespace (the file's name) and dotted key. */
export interface LanguageTexts {
  language: Language;
  documents: ReadonlyMap<string, TextDocument>;
  texts: ReadonlyMap<string, ReadonlyMap<string, string>>;
  review: Review;
}

/** Everything below `locales/`, by language code. */
export type Catalogue = ReadonlyMap<string, LanguageTexts>;

/**
 * Reads `locales/languages.json` and every `locales/<language>/<namespace>.json`.
 * @param root the folder that holds `locales/`
 * @throws Error naming the file, for JSON that cannot be read and for a text that is no text.
 */
export function readCatalogue(root: string): Catalogue {
  const languages = readLanguages(root);
  return new Map(
    languages.map((language) => [language.code, readLanguage(root, language)]),
  );
}

/** @throws Error for a language that the service does not have. */
export function languageIn(catalogue: Catalogue, code: string): LanguageTexts {
  const language = catalogue.get(code);
  if (language === undefined) throw new Error(`there is no language "${code}"`);
  return language;
}

/** The language from which the others are translated. */
export function sourceOf(catalogue: Catalogue): LanguageTexts {
  const source = Array.from(catalogue.values()).find(
    ({ language }) => language.isSource,
  );
  if (source === undefined) throw new Error('no language is the source');
  return source;
}

/** @throws Error for a namespace that the language does not have. */
export function textsIn(
  catalogue: Catalogue,
  code: string,
  namespace: string,
): ReadonlyMap<string, string> {
  const texts = languageIn(catalogue, code).texts.get(namespace);
  if (texts === undefined) {
    throw new Error(`there is no locales/${code}/${namespace}.json`);
  }
  return texts;
}

/** Every text of a language by `<namespace>.<key>`. */
export function allTexts({ texts }: LanguageTexts): Map<string, string> {
  return new Map(
    Array.from(texts).flatMap(([namespace, keys]) =>
      Array.from(keys, ([key, text]): [string, string] => [
        `${namespace}.${key}`,
        text,
      ]),
    ),
  );
}

// locales/<language>/review.json speaks about the texts; it holds none.
const REVIEW = 'review';

function readLanguage(root: string, language: Language): LanguageTexts {
  const folder = join(root, 'locales', language.code);
  const documents = new Map<string, TextDocument>();
  for (const file of readdirSync(folder).sort()) {
    const namespace = file.replace(/\.json$/, '');
    if (namespace === file || namespace === REVIEW) continue;
    documents.set(namespace, readDocument(join(folder, file)));
  }
  const texts = new Map(
    Array.from(documents, ([namespace, document]) => [
      namespace,
      new Map(flattened(document, '')),
    ]),
  );
  return {
    language,
    documents,
    texts,
    review: readReview(root, language.code),
  };
}

function readDocument(file: string): TextDocument {
  const parsed = readJsonObject(file);
  if (!isDocument(parsed)) {
    throw new Error(`${file}: every value must be a text that is not empty`);
  }
  return parsed;
}

function isDocument(value: unknown): value is TextDocument {
  if (!isJsonObject(value)) return false;
  return Object.values(value).every(
    (one) => (typeof one === 'string' && one !== '') || isDocument(one),
  );
}

function* flattened(
  document: TextDocument,
  prefix: string,
): Generator<[string, string]> {
  for (const [name, value] of Object.entries(document)) {
    const key = prefix + name;
    if (typeof value === 'string') yield [key, value];
    else yield* flattened(value, `${key}.`);
  }
}
