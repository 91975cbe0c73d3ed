import { foldName } from '../text/fold-name';
import type { Database } from '../runtime/database';
import { cercleMoves, referenceCommunes } from './territory-reference';

/** A unit of the territory as it stood from one day to another; `validTo` undefined: it still does. */
export interface TerritoryUnit {
  readonly code: string;
  readonly level: 'region' | 'cercle' | 'commune';
  readonly name: string;
  readonly parentCode: string | undefined;
  readonly pcode: string | undefined;
  readonly validFrom: string;
  readonly validTo: string | undefined;
}

// The law that created the communes; two of them came later. Older divisions are of no use here.
const COMMUNES_SINCE = '1996-11-04';
const LATER_COMMUNES_SINCE = '2001-06-07';

/**
 * Every unit of the old division, with the cercles that came under new regions in 2016 and 2023.
 * The moves and all days are assumed until the programme has verified them.
 */
export function territoryUnits(): readonly TerritoryUnit[] {
  const communes = referenceCommunes();
  const moves = cercleMoves();
  const units = new Map<string, TerritoryUnit>();
  const add = (unit: TerritoryUnit): void => {
    const key = `${unit.code} ${unit.validFrom}`;
    if (!units.has(key)) units.set(key, unit);
  };
  for (const { region, cercle, commune, pcode, code } of communes) {
    add(unitOf('region', regionCode(region), region));
    const move = moves.find((one) => one.cercle === cercle);
    const validTo = move === undefined ? undefined : dayBefore(move.validFrom);
    const old = unitOf(
      'cercle',
      cercleCode(cercle),
      cercle,
      regionCode(region),
    );
    add({ ...old, validTo });
    const own = unitOf('commune', code, commune, cercleCode(cercle));
    const validFrom = pcode ? COMMUNES_SINCE : LATER_COMMUNES_SINCE;
    add({ ...own, pcode, validFrom });
  }
  for (const { cercle, region, validFrom } of moves) {
    add({ ...unitOf('region', regionCode(region), region), validFrom });
    const moved = unitOf(
      'cercle',
      cercleCode(cercle),
      cercle,
      regionCode(region),
    );
    add({ ...moved, validFrom });
  }
  // A region without a commune of its own in the reference file.
  const taoudenit = unitOf('region', regionCode('Taoudénit'), 'Taoudénit');
  add({ ...taoudenit, validFrom: '2016-01-19' });
  return [...units.values()];
}

/**
 * Writes the units that the database lacks; those it has are left as they are, so that what the
 * programme corrects by hand stays. One statement: some hundred rows through Prisma would cost
 * every process 45 MiB for as long as it runs.
 * @returns how many were written.
 */
export async function loadTerritory({
  pool,
}: Pick<Database, 'pool'>): Promise<number> {
  const written = await pool.query(
    `insert into territory_units (code, level, name, parent_code, pcode, valid_from, valid_to)
     select code, level, name, "parentCode", pcode, "validFrom", "validTo"
     from json_to_recordset($1) as unit (code text, level text, name text, "parentCode" text,
       pcode text, "validFrom" date, "validTo" date)
     on conflict do nothing`,
    [JSON.stringify(territoryUnits())],
  );
  return written.rowCount ?? 0;
}

/** The units that the database holds. */
export async function readTerritory({
  prisma,
}: Pick<Database, 'prisma'>): Promise<readonly TerritoryUnit[]> {
  const rows = await prisma.territoryUnit.findMany({ orderBy: { id: 'asc' } });
  return rows.map((row) => ({
    code: row.code,
    level: levelOf(row.level),
    name: row.name,
    parentCode: row.parentCode ?? undefined,
    pcode: row.pcode ?? undefined,
    validFrom: isoDay(row.validFrom),
    validTo: row.validTo === null ? undefined : isoDay(row.validTo),
  }));
}

/** The code of a cercle, by its name. */
export function cercleCode(name: string): string {
  return `C-${foldName(name)}`;
}

function regionCode(name: string): string {
  return `R-${foldName(name)}`;
}

function unitOf(
  level: TerritoryUnit['level'],
  code: string,
  name: string,
  parentCode?: string,
): TerritoryUnit {
  const open = { pcode: undefined, validTo: undefined };
  return { level, code, name, parentCode, validFrom: COMMUNES_SINCE, ...open };
}

function levelOf(level: string): TerritoryUnit['level'] {
  if (level === 'region' || level === 'cercle') return level;
  return 'commune';
}

function dayBefore(day: string): string {
  return isoDay(new Date(Date.parse(day) - 86_400_000));
}

function isoDay(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}
