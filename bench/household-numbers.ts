/**
 * The invented households of the bench, told by their number alone, so that the
 * driver knows what each must be shown without asking the store. `store.ts`
 * writes the same in SQL.
 */

/** Of every hundred households the last six share a phone with the rest of their thousand: a relay. */
const relayFrom = 94;

/** Of every hundred, four before them share one phone with neighbours. */
const sharedFrom = 90;

/** How one household is reached, and what it must be shown. */
export interface BenchHousehold {
  msisdn: string;
  /** Four digits where they tell it apart, else the whole card. */
  digits: string;
  /** In the wave that is open, and in the one before. */
  openXof: number;
  pastXof: number;
}

/** The household of a number from 0. */
export function benchHousehold(number: number): BenchHousehold {
  const place = number % 100;
  const card = String(10_000_000 + number);
  const holder =
    place >= relayFrom
      ? number - (number % 1000) + relayFrom
      : place >= sharedFrom
        ? number - place + sharedFrom
        : number;
  return {
    msisdn: `+${22_370_000_000 + holder}`,
    digits: place >= relayFrom ? `${card}${card.slice(-2)}` : card.slice(-4),
    openXof: 1_000 + number,
    pastXof: 2_000_000 + number,
  };
}
