import type { UssdGateway, UssdScreen } from '../channels/contract';
import { fold } from '../text/gsm7';
import type { Texts } from '../text/texts';

/**
 * The last screen when the service cannot answer: try again later. In the
 * caller's language, or in every language while hers is not known.
 */
export function courteousEnd(
  texts: Texts,
  gateway: Pick<UssdGateway, 'page'>,
  locale?: string,
): UssdScreen {
  const locales =
    locale === undefined ? texts.languages.map(({ code }) => code) : [locale];
  const text = locales
    .map((code) => texts.t(code, 'common', 'tryAgain'))
    .join('\n');
  return { text: fold(text, gateway.page.alphabet), end: true };
}
