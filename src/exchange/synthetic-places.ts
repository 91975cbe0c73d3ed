import type { ReferenceCommune } from '../staff/territory-reference';
import { draw, drawBelow } from './synthetic-draw';
import { VILLAGE_ENDS, VILLAGE_STARTS } from './synthetic-names';

/** How many households the register counts in a region, and in how many communes. */
export interface RegionShare {
  readonly region: string;
  readonly households: number;
  readonly communes: number;
}

/** An invented village of a real commune. */
export interface SyntheticVillage {
  readonly code: string;
  readonly name: string;
}

/** A real commune with its part of the invented households, `first` being the first of them. */
export interface SyntheticPlace {
  readonly index: number;
  readonly commune: ReferenceCommune;
  readonly first: number;
  readonly count: number;
  readonly villages: readonly [SyntheticVillage, ...SyntheticVillage[]];
}

const HOUSEHOLDS_PER_VILLAGE = 150;
const MOST_VILLAGES = 9;
const QUESTION = { commune: 1, start: 2, end: 3 };

/** Spreads households over communes as the register is spread over regions. */
export function syntheticPlaces(
  communes: readonly ReferenceCommune[],
  shares: readonly RegionShare[],
  households: number,
  seed: number,
): readonly SyntheticPlace[] {
  const perRegion = apportioned(
    households,
    shares.map((share) => share.households),
  );
  const places: SyntheticPlace[] = [];
  let first = 0;
  shares.forEach((share, region) => {
    const reached = communesReached(communes, share, seed);
    const even = reached.map(() => 1);
    apportioned(perRegion[region] ?? 0, even).forEach((count, place) => {
      const commune = reached[place];
      if (commune === undefined || count === 0) return;
      const index = places.length;
      const villages = villagesOf(commune, index, count, seed);
      places.push({ index, commune, first, count, villages });
      first += count;
    });
  });
  return places;
}

/** The place of a household among those of `syntheticPlaces`. */
export function placeOf(
  places: readonly SyntheticPlace[],
  household: number,
): SyntheticPlace | undefined {
  let low = 0;
  let high = places.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((places[middle]?.first ?? 0) <= household) low = middle;
    else high = middle - 1;
  }
  return places[low];
}

/** The village of a household within its place. */
export function villageOf(
  place: SyntheticPlace,
  household: number,
): { village: SyntheticVillage; number: number } {
  const share = (household - place.first) / place.count;
  const number = Math.floor(share * place.villages.length);
  return { village: place.villages[number] ?? place.villages[0], number };
}

/** Whole parts of a whole in given proportions, by largest remainder. */
function apportioned(whole: number, weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const exact = weights.map((weight) => (whole * weight) / total);
  const parts = exact.map(Math.floor);
  const left = whole - parts.reduce((sum, part) => sum + part, 0);
  const byRemainder = exact
    .map((value, index) => ({ index, remainder: value % 1 }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of byRemainder.slice(0, left)) {
    parts[index] = (parts[index] ?? 0) + 1;
  }
  return parts;
}

function communesReached(
  communes: readonly ReferenceCommune[],
  share: RegionShare,
  seed: number,
): ReferenceCommune[] {
  return communes
    .filter((commune) => commune.region === share.region)
    .map((commune, index) => ({
      commune,
      index,
      order: draw(seed, index, QUESTION.commune),
    }))
    .sort((a, b) => a.order - b.order)
    .slice(0, share.communes)
    .sort((a, b) => a.index - b.index)
    .map(({ commune }) => commune);
}

function villagesOf(
  commune: ReferenceCommune,
  place: number,
  households: number,
  seed: number,
): readonly [SyntheticVillage, ...SyntheticVillage[]] {
  const count = Math.min(
    MOST_VILLAGES,
    Math.ceil(households / HOUSEHOLDS_PER_VILLAGE),
  );
  const start = drawBelow(VILLAGE_STARTS.length, seed, place, QUESTION.start);
  const end = drawBelow(VILLAGE_ENDS.length, seed, place, QUESTION.end);
  const named = (number: number): SyntheticVillage => ({
    code: `${commune.code}-0${number + 1}`,
    // Starts do not repeat within a commune, so neither do names.
    name: `${at(VILLAGE_STARTS, start + number)}${at(VILLAGE_ENDS, end + number)}`,
  });
  const others = Array.from({ length: Math.max(0, count - 1) }, (_, number) =>
    named(number + 1),
  );
  return [named(0), ...others];
}

function at(list: readonly [string, ...string[]], index: number): string {
  return list[index % list.length] ?? list[0];
}
