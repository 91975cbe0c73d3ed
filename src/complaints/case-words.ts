import { addDays } from '../text/dates';
import type { SealedCase } from './sealed-case';

/** The part of a day, as readers are told it. */
export const slotWords = {
  morning: 'le matin',
  midday: 'à midi',
  evening: 'le soir',
} as const;

const languages: Readonly<Record<string, string>> = {
  fr: 'en français',
  bm: 'en bambara',
};

/** In which language somebody is spoken to. */
export function languageWords(locale: string): string {
  return languages[locale] ?? locale;
}

/** Who is to call. */
export function callerWords(prefersWoman: boolean | undefined): string {
  if (prefersWoman === undefined) {
    return 'une femme (promis par le menu)';
  }
  return prefersWoman ? 'une femme (demandé)' : 'une femme ou un homme';
}

/** After so many days a case that is still here has been closed long ago, or forgotten. */
const oldAfterDays = 730;

/** Whether a case has served its time. */
export function isOldCase(
  one: Pick<SealedCase, 'day'>,
  today: string,
): boolean {
  return one.day < addDays(today, -oldAfterDays);
}
