import type { Language } from './languages';
import { strangersIn } from './letters';
import {
  allTexts,
  sourceOf,
  type Catalogue,
  type LanguageTexts,
} from './read-catalogue';
import { placesOf } from './template';

/** One thing that is wrong in the locale files, for whoever writes them. */
export interface CatalogueFault {
  locale: string;
  /** `<namespace>.<key>` */
  key: string;
  /** What is wrong and what to do, in French. */
  sentence: string;
}

/**
 * Everything by which the languages of a catalogue disagree: texts that only one has, places that
 * differ, letters of no alphabet, translations of which `review.json` says nothing.
 */
export function catalogueFaults(catalogue: Catalogue): CatalogueFault[] {
  const all = Array.from(catalogue.values());
  const source = sourceOf(catalogue);
  const languages = all.map(({ language }) => language);
  return all.flatMap((one) => [
    ...spaceFaults(one),
    ...letterFaults(one, languages),
    ...(one === source
      ? []
      : [...differences(source, one), ...reviewFaults(one)]),
  ]);
}

/** Whether two texts have the same places, in whatever order. */
export function haveSamePlaces(one: string, other: string): boolean {
  return placesOf(one).sort().join() === placesOf(other).sort().join();
}

function differences(
  source: LanguageTexts,
  other: LanguageTexts,
): CatalogueFault[] {
  const locale = other.language.code;
  const originals = sharedTexts(source);
  const translations = sharedTexts(other);
  const missing = Array.from(originals.keys())
    .filter((key) => !translations.has(key))
    .map((key) => ({
      locale,
      key,
      sentence: 'Ce texte manque: traduisez-le.',
    }));
  const wrong = Array.from(translations).flatMap(([key, text]) => {
    const sentence = disagreement(originals.get(key), text);
    return sentence === undefined ? [] : [{ locale, key, sentence }];
  });
  return [...missing, ...wrong];
}

function disagreement(
  original: string | undefined,
  text: string,
): string | undefined {
  if (original === undefined) {
    return "Ce texte n'existe pas en français: corrigez la clé ou supprimez-le.";
  }
  if (haveSamePlaces(original, text)) return undefined;
  return `Les valeurs doivent être celles du français: ${writtenPlaces(original)}.`;
}

/** The places of a text as its writer sees them, or `aucune`. */
export function writtenPlaces(text: string): string {
  const places = placesOf(text).map((place) => `{{${place}}}`);
  return places.length === 0 ? 'aucune' : places.join(', ');
}

function spaceFaults(one: LanguageTexts): CatalogueFault[] {
  const locale = one.language.code;
  const sentence =
    "Des espaces traînent au bout d'une ligne, ou un accent est détaché de sa lettre: corrigez.";
  return Array.from(allTexts(one))
    .filter(([, text]) => text !== tidied(text))
    .map(([key]) => ({ locale, key, sentence }));
}

/** A text without the spaces and detached accents that spreadsheet programs and keyboards leave. */
export function tidied(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+$/gm, '')
    .trim()
    .normalize('NFC');
}

function letterFaults(
  one: LanguageTexts,
  languages: readonly Language[],
): CatalogueFault[] {
  const locale = one.language.code;
  return Array.from(allTexts(one)).flatMap(([key, text]) => {
    const strangers = strangersIn(text, languages);
    if (strangers.length === 0) return [];
    return [{ locale, key, sentence: letterSentence(strangers) }];
  });
}

/** Says which characters may not stand in a text, and what to do. */
export function letterSentence(strangers: readonly string[]): string {
  const listed = strangers.map((one) => `« ${one} »`).join(', ');
  return `Ces caractères ne sont ni de l'orthographe officielle ni du français: ${listed}. Remplacez-les.`;
}

function reviewFaults(one: LanguageTexts): CatalogueFault[] {
  const locale = one.language.code;
  const texts = allTexts(one);
  const unknown = Array.from(texts.keys())
    .filter((key) => !one.review.has(key))
    .map((key) => ({
      locale,
      key,
      sentence: 'review.json ne dit rien de ce texte: ajoutez sa confiance.',
    }));
  const orphans = Array.from(one.review.keys())
    .filter((key) => !texts.has(key))
    .map((key) => ({
      locale,
      key,
      sentence: "review.json parle d'un texte qui n'existe pas: retirez-le.",
    }));
  return [...unknown, ...orphans];
}

function sharedTexts(one: LanguageTexts): Map<string, string> {
  const own = one.language.only.map((namespace) => `${namespace}.`);
  return new Map(
    Array.from(allTexts(one)).filter(
      ([key]) => !own.some((prefix) => key.startsWith(prefix)),
    ),
  );
}
