import type { DemoPerson } from '../exchange/demo-people';
import { AppError } from '../runtime/errors';
import { type CallerNumber, parseCaller, parseMsisdn } from '../text/msisdn';

/** Who shall call: a number as people write it, or nobody in particular, who speaks a language. */
export interface CallerChoice {
  phone?: string;
  lang?: string;
}

/**
 * The number that calls: the one given, else that of the first invented person who speaks the
 * language asked for.
 * @throws AppError `invalid` when what was given is no number
 */
export function simulatedCaller(
  { phone, lang }: CallerChoice,
  people: readonly DemoPerson[],
): CallerNumber {
  const written =
    phone ?? people.find(({ locale }) => !lang || locale === lang)?.msisdn;
  const caller = parseMsisdn(written ?? '') ?? parseCaller(written ?? '');
  if (caller !== undefined) return caller;
  throw new AppError(
    'invalid',
    `« ${written ?? ''} » n'est pas un numéro. Écrivez un numéro mobile malien, par exemple 60 00 00 01, ou un numéro d'un autre pays avec +.`,
  );
}
