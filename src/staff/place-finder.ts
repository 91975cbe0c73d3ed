import type { Place } from './permissions';
import type { TerritoryUnit } from './territory';

/** Tells in which units something lies, on one day. */
export interface PlaceFinder {
  /** @returns an empty place for a code that nobody knows: only the national level covers it */
  placeOf(code: string | undefined): Place;
  nameOf(code: string): string;
}

/** Makes a finder over the units that stand on this day, `YYYY-MM-DD`. */
export function placeFinder(
  units: readonly TerritoryUnit[],
  day: string,
): PlaceFinder {
  const standing = new Map(
    units
      .filter(({ validTo }) => validTo === undefined || validTo >= day)
      .filter(({ validFrom }) => validFrom <= day)
      .map((unit) => [unit.code, unit]),
  );
  const placeOf = (code: string | undefined): Place => {
    const unit = standing.get(code ?? '');
    return unit === undefined
      ? {}
      : { ...placeOf(unit.parentCode), [unit.level]: unit.code };
  };
  return { placeOf, nameOf: (code) => standing.get(code)?.name ?? code };
}
