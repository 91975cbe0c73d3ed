import type { CommuneFinder } from '../staff/find-commune';
import { foldName } from '../text/fold-name';
import { cellFault, type CellRead, type ReadingDay } from './cell-readers';
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

/** A row in its stored form, one value per staged column; or all that is wrong with it. */
export type RowRead =
  | { readonly values: readonly string[]; readonly key: string }
  | { readonly problems: readonly CellProblem[] };

/** Reads the cells of a row; the same reader serves a whole file. */
export type RowReader = (cells: readonly string[]) => RowRead;

const PLACE = ['pcode', 'cercle', 'commune'];
const KEY_SEPARATOR = '\u001f';

/** The columns of the staging table of a format: those of the file, with the place resolved. */
export function stagedColumns(format: FileFormat): readonly string[] {
  const names = format.columns
    .map(({ name }) => name)
    .filter((name) => !PLACE.includes(name));
  return hasPlace(format) ? [...names, 'commune_code', 'village_key'] : names;
}

/** Makes the reader of a file with this header. */
export function rowReader(
  format: FileFormat,
  header: readonly string[],
  ground: { finder: CommuneFinder; day: ReadingDay },
): RowReader {
  const { columns } = format;
  const cellAt = columns.map(({ name }) => header.indexOf(name));
  const at = (name: string): number =>
    columns.findIndex((column) => column.name === name);
  const readCell = columns.map((column) => cellReader(column, ground.day));
  const staged = columns.flatMap(({ name }, index) =>
    PLACE.includes(name) ? [] : [index],
  );
  const keys = columns.flatMap(({ need }, index) =>
    need === 'key' ? [index] : [],
  );
  const checks = ROW_CHECKS[format.kind].map((check) => ({
    find: check.find,
    indexes: check.columns.map(at),
  }));
  const place = hasPlace(format)
    ? placeReader(ground.finder, PLACE.map(at), at('village'))
    : undefined;

  return (cells) => {
    const values = new Array<string | undefined>(columns.length);
    let problems: CellProblem[] | undefined;
    const refuse = (column: string, text: string): void => {
      const cell = cells[header.indexOf(column)] ?? '';
      (problems ??= []).push({ column, value: cell, sentence: text });
    };
    for (let index = 0; index < columns.length; index += 1) {
      const read = readCell[index]?.(cells[cellAt[index] ?? -1] ?? '') ?? '';
      if (typeof read === 'string') values[index] = read;
      else refuse(columns[index]?.name ?? '', read.fault);
    }
    for (const { find, indexes } of checks) {
      const involved = indexes.map((index) => values[index]);
      // A cell that could not be read is named already.
      const problem = isWhole(involved) ? find(...involved) : undefined;
      if (problem !== undefined) refuse(problem.column, told(problem));
    }
    const where = place?.(values);
    if (where !== undefined && 'key' in where)
      refuse(where.column, told(where));
    if (problems !== undefined) return { problems };
    const stored = staged.map((index) => values[index] ?? '');
    if (where !== undefined && 'code' in where) {
      stored.push(where.code, where.villageKey);
    }
    const key = keys.map((index) => values[index] ?? '').join(KEY_SEPARATOR);
    return { values: stored, key };
  };
}

function told({ key, values }: RowProblem): string {
  return sentence(key, values);
}

function isWhole(values: readonly (string | undefined)[]): values is string[] {
  return !values.includes(undefined);
}

function hasPlace({ columns }: FileFormat): boolean {
  return columns.some(({ name }) => name === 'pcode');
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
): (values: readonly (string | undefined)[]) => Placed | undefined {
  let lastCommune: { key: string; found: RowCommune } | undefined;
  let lastVillage = { name: '', folded: '' };
  return (values) => {
    const named = placeAt.map((index) => values[index]);
    if (!isWhole(named)) return undefined;
    const [pcode = '', cercle = '', commune = ''] = named;
    const key = named.join(KEY_SEPARATOR);
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
