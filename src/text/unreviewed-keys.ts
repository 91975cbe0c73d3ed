import { languageIn, textsIn, type Catalogue } from './read-catalogue';
import { isSigned } from './review';

/**
 * `<namespace>.<key>` of the texts that no native reader has signed as they stand now; none in
 * the language from which the others are translated.
 * @throws Error for a language or a namespace that is not there: silence would pass for signed.
 */
export function unreviewedKeys(
  catalogue: Catalogue,
  locale: string,
  namespaces: readonly string[],
): string[] {
  const { language, review } = languageIn(catalogue, locale);
  if (language.isSource) return [];
  return namespaces.flatMap((namespace) =>
    Array.from(textsIn(catalogue, locale, namespace))
      .filter(
        ([key, text]) => !isSigned(review.get(`${namespace}.${key}`), text),
      )
      .map(([key]) => `${namespace}.${key}`),
  );
}
