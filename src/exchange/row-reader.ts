import type { CommuneFinder } from '../staff/find-commune';
import { foldName } from '../text/fold-name';
import {
  cellFault,
  type CellRead,
  type CellReader,
  type ReadingDay,
} from './cell-readers';
import { unprotectCell } from './csv-cells';
import { findRowCommune, type RowCommune } from './find-row-commune';
import type { Column, FileFormat } from './formats';
import { ROW_CHECKS, type RowProblem } from './row-checks';
import { sentence } from './sentences';

/** One cell that is not taken in: its column, what stands in it, and what to do. */
export interface CellProblem {
  readonly column: string;
  readonly value: string;
  readonly sentence: string;
}

/** A row in its stored form, the staged columns separated by tabs; or all that is wrong with it. */
export type RowRead =
  | { readonly stored: string; readonly key: string }
  | { readonly problems: readonly CellProblem[] };

/** Reads the cells of a row; the same reader serves a whole file. */
export type RowReader = (cells: readonly string[]) => RowRead;

const PLACE = ['pcode', 'cercle', 'commune'];
/** Codes that are staged as the id of what they name. */
const LOOKED_UP = {
  rule_code: { id: 'benefit_rule_id', unknown: 'ruleUnknown' },
  wave_code: { id: 'wave_id', unknown: 'waveUnknown' },
} as const;
const KEY_SEPARATOR = '\u001f';

/** What rows are read against. */
export interface ReadingGround {
  readonly finder: CommuneFinder;
  readonly day: ReadingDay;
  /** The ids of the rules and waves that the store has, by code. */
  readonly known: KnownCodes;
}

/** Ids of what other files brought before, by code. */
export type KnownCodes = Readonly<
  Record<LookedUp, ReadonlyMap<string, number>>
>;

type LookedUp = keyof typeof LOOKED_UP;

/** The columns of the staging table of a format: those of the file, with the place and the codes resolved. */
export function stagedColumns(format: FileFormat): readonly string[] {
  const names = format.columns
    .map(({ name }) => (isLookedUp(format, name) ? LOOKED_UP[name].id : name))
    .filter((name) => !PLACE.includes(name));
  return hasPlace(format) ? [...names, 'commune_code', 'village_key'] : names;
}

/** The file that brings a code is not asked whether it is known. */
function isLookedUp(format: FileFormat, name: string): name is LookedUp {
  if (name === 'rule_code') return format.kind !== 'benefit-rules';
  return name === 'wave_code' && format.kind !== 'waves';
}

/** What reading a row of a file takes, worked out once from its header; lists go by the format's columns. */
interface ReadingPlan {
  readonly columns: readonly Column[];
  /** Where the cell of a column stands in a row; -1 where the file has no such column. */
  readonly cellAt: readonly number[];
  readonly readCell: readonly ((raw: string) => CellRead)[];
  readonly isStaged: readonly boolean[];
  readonly isKey: readonly boolean[];
  readonly checks: readonly PairCheck[];
  readonly place: ReturnType<typeof placeReader> | undefined;
}

interface PairCheck {
  readonly first: number;
  readonly second: number;
  readonly find: (a: string, b: string) => RowProblem | undefined;
}

type Values = readonly (string | undefined)[];
type Refuse = (column: string, fault: string) => void;

/** Makes the reader of a file with this header. */
export function rowReader(
  format: FileFormat,
  header: readonly string[],
  ground: ReadingGround,
): RowReader {
  const plan = readingPlan(format, header, ground);
  const { columns, cellAt, readCell, isStaged, isKey, checks, place } = plan;
  // One row is read at a time, millions of times over: its values are kept in one place.
  const values = new Array<string | undefined>(columns.length);
  return (cells) => {
    const problems: CellProblem[] = [];
    const refuse = refuseInto(problems, header, cells);
    let stored = '';
    let key = '';
    for (let index = 0; index < values.length; index += 1) {
      const read = readCell[index]?.(cells[cellAt[index] ?? -1] ?? '') ?? '';
      if (typeof read !== 'string') {
        values[index] = undefined;
        refuse(columns[index]?.name ?? '', read.fault);
        continue;
      }
      values[index] = read;
      if (isStaged[index] === true) stored += index === 0 ? read : `\t${read}`;
      if (isKey[index] === true) key += KEY_SEPARATOR + read;
    }
    checkPairs(checks, values, refuse);
    if (place !== undefined) stored += storedPlace(place(values), refuse);
    return problems.length > 0 ? { problems } : { stored, key };
  };
}

function refuseInto(
  problems: CellProblem[],
  header: readonly string[],
  cells: readonly string[],
): Refuse {
  return (column, fault) => {
    const value = cells[header.indexOf(column)] ?? '';
    problems.push({ column, value, sentence: fault });
  };
}

function readingPlan(
  format: FileFormat,
  header: readonly string[],
  ground: ReadingGround,
): ReadingPlan {
  const { columns } = format;
  const at = (name: string): number =>
    columns.findIndex((column) => column.name === name);
  return {
    columns,
    cellAt: columns.map(({ name }) => header.indexOf(name)),
    readCell: columns.map((column) => {
      const { name } = column;
      const read = isLookedUp(format, name)
        ? lookedUp(column, name, ground)
        : column.read;
      return cellReader({ ...column, read }, ground.day);
    }),
    isStaged: columns.map(({ name }) => !PLACE.includes(name)),
    isKey: columns.map(({ need }) => need === 'key'),
    checks: ROW_CHECKS[format.kind].map(({ columns: [a, b], find }) => {
      return { find, first: at(a), second: at(b) };
    }),
    place: hasPlace(format)
      ? placeReader(ground.finder, PLACE.map(at), at('village'))
      : undefined,
  };
}

function checkPairs(
  checks: readonly PairCheck[],
  values: Values,
  refuse: Refuse,
): void {
  for (const { find, first, second } of checks) {
    const a = values[first];
    const b = values[second];
    // A cell that could not be read is named already.
    if (a === undefined || b === undefined) continue;
    const problem = find(a, b);
    if (problem !== undefined) refuse(problem.column, told(problem));
  }
}

/** The staged columns of a place, as they follow the others. */
function storedPlace(where: Placed | undefined, refuse: Refuse): string {
  if (where === undefined) return '';
  if (!('key' in where)) return `\t${where.code}\t${where.villageKey}`;
  refuse(where.column, told(where));
  return '';
}

function told({ key, values }: RowProblem): string {
  return sentence(key, values);
}

function hasPlace({ columns }: FileFormat): boolean {
  return columns.some(({ name }) => name === 'pcode');
}

function lookedUp(
  column: Column,
  name: LookedUp,
  { known }: ReadingGround,
): CellReader {
  const ids = known[name];
  return (text, day) => {
    const read = column.read(text, day);
    if (typeof read !== 'string') return read;
    const id = ids.get(read);
    return id === undefined ? cellFault(LOOKED_UP[name].unknown) : String(id);
  };
}

/** Files repeat themselves: the same text as in the row above is not read again. */
function cellReader(
  column: Column,
  day: ReadingDay,
): (raw: string) => CellRead {
  const empty: CellRead =
    column.need === 'may' ? column.absent : cellFault('required');
  let lastRaw: string | undefined;
  let lastRead: CellRead = '';
  return (raw) => {
    if (raw === lastRaw) return lastRead;
    const text = unprotectCell(raw.trim());
    lastRead = text === '' ? empty : column.read(text, day);
    lastRaw = raw;
    return lastRead;
  };
}

type Placed =
  { readonly code: string; readonly villageKey: string } | RowProblem;

function placeReader(
  finder: CommuneFinder,
  placeAt: readonly number[],
  villageAt: number,
): (values: Values) => Placed | undefined {
  let lastCommune: { key: string; found: RowCommune } | undefined;
  let lastVillage = { name: '', folded: '' };
  return (values) => {
    const [pcode, cercle, commune] = placeAt.map((index) => values[index]);
    if (pcode === undefined || cercle === undefined || commune === undefined) {
      return undefined;
    }
    const key = `${pcode}${KEY_SEPARATOR}${cercle}${KEY_SEPARATOR}${commune}`;
    if (lastCommune?.key !== key) {
      const found = findRowCommune(finder, pcode, cercle, commune);
      lastCommune = { key, found };
    }
    const { found } = lastCommune;
    if ('key' in found) return found;
    const name = values[villageAt] ?? '';
    if (name !== lastVillage.name) {
      lastVillage = { name, folded: foldName(name) };
    }
    return { code: found.code, villageKey: lastVillage.folded };
  };
}
