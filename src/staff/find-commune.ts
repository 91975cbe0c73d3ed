import { foldName } from '../text/fold-name';
import type { TerritoryUnit } from './territory';

/** A commune of the territory, with the name of its cercle. */
export interface Commune {
  readonly code: string;
  readonly name: string;
  readonly pcode: string | undefined;
  readonly cercle: string;
}

/** Which commune a name means: names repeat, and a name that is not known is never guessed at. */
export type CommuneByNames =
  | { readonly kind: 'one'; readonly commune: Commune }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknownCercle' }
  | { readonly kind: 'several'; readonly communes: readonly Commune[] };

/** Finds communes by P-code and by name, with case, accents, spaces and hyphens folded. */
export interface CommuneFinder {
  communeByPcode(pcode: string): Commune | undefined;
  /** Without a cercle only a name that does not repeat is answered by one. */
  communeByNames(cercle: string | undefined, commune: string): CommuneByNames;
}

/** Makes a finder over the units of the territory. */
export function communeFinder(units: readonly TerritoryUnit[]): CommuneFinder {
  const cercles = new Map(
    units
      .filter((unit) => unit.level === 'cercle')
      .map((unit) => [unit.code, unit.name]),
  );
  const byPcode = new Map<string, Commune>();
  const byName = new Map<string, Commune[]>();
  for (const unit of units) {
    if (unit.level !== 'commune' || unit.validTo !== undefined) continue;
    const { code, name, pcode } = unit;
    const cercle = cercles.get(unit.parentCode ?? '') ?? '';
    const commune = { code, name, pcode, cercle };
    if (pcode !== undefined) byPcode.set(pcode, commune);
    const folded = foldCommune(name);
    byName.set(folded, [...(byName.get(folded) ?? []), commune]);
  }
  const knownCercles = new Set([...cercles.values()].map(foldName));
  return {
    communeByPcode: (pcode) => byPcode.get(pcode.toUpperCase()),
    communeByNames(cercle, name) {
      const wanted = cercle === undefined ? undefined : foldName(cercle);
      if (wanted !== undefined && !knownCercles.has(wanted)) {
        return { kind: 'unknownCercle' };
      }
      const communes = (byName.get(foldCommune(name)) ?? []).filter(
        (one) => wanted === undefined || foldName(one.cercle) === wanted,
      );
      const [commune] = communes;
      if (commune === undefined) return { kind: 'none' };
      return communes.length === 1
        ? { kind: 'one', commune }
        : { kind: 'several', communes };
    },
  };
}

/** Lists write "Commune urbaine de Kita" or "Kita Commune" for what the reference calls Kita. */
function foldCommune(name: string): string {
  const plain = name.replace(
    /^commune (urbaine |rurale )?d(e |u |')|\s+commune$/iu,
    '',
  );
  return foldName(plain);
}
