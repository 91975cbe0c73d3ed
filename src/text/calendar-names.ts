/** Names of days (from Sunday) and months (from January) in one language, in official spelling. */
export interface CalendarNames {
  weekdays: readonly string[];
  months: readonly string[];
}

/**
 * Our own table: Intl writes Bambara dates in English order. Sources for Bambara: Bamadaba and
 * CLDR 48, which agree on the days; CLDR for the months.
 */
export const CALENDAR_NAMES: Readonly<Record<string, CalendarNames>> = {
  fr: {
    weekdays: [
      ...['dimanche', 'lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi'],
      'samedi',
    ],
    months: [
      ...['janvier', 'février', 'mars', 'avril', 'mai', 'juin'],
      ...['juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'],
    ],
  },
  bm: {
    weekdays: [
      ...['kari', 'ntɛnɛ', 'tarata', 'araba', 'alamisa', 'juma', 'sibiri'],
    ],
    months: [
      ...['zanwuye', 'feburuye', 'marisi', 'awirili', 'mɛ', 'zuwɛn'],
      ...['zuluye', 'uti', 'sɛtanburu', 'ɔkutɔburu', 'nowanburu', 'desanburu'],
    ],
  },
};
