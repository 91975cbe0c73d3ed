import { addDays, type IsoDay } from '../text/dates';
import type { Category, Level } from './categories';
import { above } from './levels';

/** What decides where a complaint goes. */
export interface Routed {
  category: Category;
  /** Undefined where nobody said a place: the national inbox takes it. */
  communeCode: string | undefined;
  /** The level that it is about. */
  namedLevel?: Level | undefined;
}

/** Where a complaint is received: never by the level that it is about, nor below it. */
export function entryLevelOf({
  category,
  communeCode,
  namedLevel,
}: Routed): Level {
  if (communeCode === undefined) return 'N5';
  const { entryLevel } = category;
  const isBelow = namedLevel === undefined || namedLevel < entryLevel;
  return firstOpen(isBelow ? entryLevel : above[namedLevel], {
    ...{ category, namedLevel },
  });
}

/** The level that has it next: one up, past those that never see it. The nation keeps it. */
export function levelAfter(
  level: Level,
  { category, namedLevel }: Pick<Routed, 'category' | 'namedLevel'>,
): Level {
  return firstOpen(above[level], { category, namedLevel });
}

/** The day on which it goes up by itself; undefined at the top, and where nothing is awaited. */
export function escalationDay(
  from: IsoDay,
  level: Level,
  { escalateDays }: Pick<Category, 'escalateDays'>,
): IsoDay | undefined {
  return level === 'N5' || escalateDays === undefined
    ? undefined
    : addDays(from, escalateDays);
}

function firstOpen(
  level: Level,
  routed: Pick<Routed, 'category' | 'namedLevel'>,
): Level {
  const isClosed =
    routed.category.hiddenFrom.includes(level) || level === routed.namedLevel;
  return isClosed && level !== 'N5' ? firstOpen(above[level], routed) : level;
}
