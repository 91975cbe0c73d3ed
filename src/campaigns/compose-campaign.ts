import { foldStrict } from '../text/gsm7';
import { smsLength, type Encoding } from '../text/segments';
import { AppError } from '../runtime/errors';
import {
  compileTemplate,
  hasStrayBraces,
  placesOf,
  type Values,
} from '../text/template';
import { shortDay, type IsoDay } from '../text/dates';
import type { Zone } from '../register/disclosure';
import {
  factsOf,
  type CampaignTexts,
  type LanguageTexts,
  type TextVariant,
  variantFor,
} from './campaign-texts';
import type { SubjectKind } from './campaign-subject';

/** The text for one sort of phone; a sort without a row may read none. */
export interface ComposedRow {
  /** The language of the phone. */
  locale: string;
  shared: boolean;
  zone: Zone;
  consents: boolean;
  variant: TextVariant;
  /** The language that it gets. */
  written: string;
  /** Holds {@link amountMark} where the amount of the household comes. */
  text: string;
  encoding: Encoding;
  /** With the longest amount. */
  segments: number;
  tells_days: boolean;
}

/** What a campaign's texts are filled with. */
export interface Filling {
  texts: CampaignTexts;
  kind: SubjectKind | undefined;
  from: IsoDay | null;
  to: IsoDay | null;
  shortCode: string;
  /** The languages that a phone may have, the first one for those that said none. */
  locales: readonly [string, ...string[]];
  today: IsoDay;
}

/** Stands for the amount until the statement that writes the messages puts it in; in no text of people. */
export const amountMark = '{{amount}}';
const longestAmount = '9 999 999 F CFA';

const yesNo = [true, false] as const;

/** Every text that a campaign needs, ready to be joined to phones. */
export function composeCampaign(filling: Filling): ComposedRow[] {
  const { texts, kind, locales } = filling;
  return locales.flatMap((locale) => {
    const written = texts[locale] === undefined ? locales[0] : locale;
    const own = texts[written];
    if (own === undefined) return [];
    return yesNo.flatMap((shared) =>
      (['normal', 'insecure'] as const).flatMap((zone) =>
        yesNo.flatMap((consents) => {
          const sort = { shared, zone, consents };
          const variant = variantFor(own, kind, sort);
          return variant === undefined
            ? []
            : [
                {
                  ...sort,
                  locale,
                  written,
                  ...composeText(filling, own, variant),
                },
              ];
        }),
      ),
    );
  });
}

/** One text as it goes out, but for the amount. */
export function composeText(
  filling: Pick<Filling, 'kind' | 'from' | 'to' | 'shortCode' | 'today'>,
  texts: LanguageTexts,
  variant: TextVariant,
): Pick<
  ComposedRow,
  'variant' | 'text' | 'encoding' | 'segments' | 'tells_days'
> {
  const full = fillText(texts[variant], valuesOf(filling));
  const text = foldStrict(full, 'gsm7');
  const { encoding, segments } = smsLength(withAmount(text, longestAmount));
  const facts = factsOf(texts[variant], filling.kind);
  const tellsDays = facts.includes('window') || facts.includes('gatheringDay');
  return { variant, text, encoding, segments, tells_days: tellsDays };
}

/**
 * Fills a text that people wrote.
 * @throws AppError `conflict` for one that the linter refuses: a variable that nobody knows, braces that stay open
 */
export function fillText(written: string, values: Values): string {
  if (
    hasStrayBraces(written) ||
    placesOf(written).some((name) => values[name] === undefined)
  )
    throw new AppError(
      'conflict',
      "Un texte est à corriger: il nomme une variable qui n'existe pas, ou une accolade y reste ouverte.",
    );
  return compileTemplate(written, 'campaign')(values);
}

/** The text with an amount in the place of its mark. */
export function withAmount(text: string, amount: string): string {
  return text.replaceAll(amountMark, amount);
}

/** Days that are not known yet are left as a line, so that a draft can be looked at. */
function valuesOf({
  from,
  to,
  shortCode,
  today,
}: Pick<Filling, 'from' | 'to' | 'shortCode' | 'today'>): Values {
  const unknown = '__/__';
  return {
    code: shortCode,
    from: from === null ? unknown : shortDay(from),
    day: from === null ? unknown : shortDay(from, today),
    to: to === null ? unknown : shortDay(to, today),
    amount: amountMark,
  };
}
