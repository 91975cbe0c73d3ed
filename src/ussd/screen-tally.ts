import type { Clock } from '../runtime/clock';
import type { Database } from '../runtime/database';

/** One step, as far as it is counted: which screen it showed, and which screen led there. */
export interface CountedStep {
  /** Flow and screen, such as `payment.next`. */
  screen: string;
  /** Absent where the step led from no screen that is counted. */
  from?: string | undefined;
  locale: string;
  /** The call was just dialled. */
  isDial: boolean;
  /** The service ended the call with this screen. */
  isEnd: boolean;
}

/** Counts steps by day, screen and language in memory, until they are written together. */
export interface ScreenTally {
  note(step: CountedStep): void;
  /** Adds what was counted to the store's figures. @returns how many rows were touched */
  write(): Promise<number>;
}

/** Under this name calls are counted; no flow is called so. */
export const allCalls = 'calls';

interface Counts {
  shown: number;
  answered: number;
  ended: number;
}

/**
 * Makes a tally. What is counted leads to no call: a row of the store is a day of a screen, written every ten minutes.
 * Counts of a process that is killed are lost; those of a store that is away wait.
 */
export function screenTally({
  db,
  clock,
}: {
  db: Pick<Database, 'pool'>;
  clock: Pick<Clock, 'today'>;
}): ScreenTally {
  let counts = new Map<string, Counts>();
  const add = (screen: string, locale: string, count: keyof Counts): void => {
    const key = JSON.stringify([clock.today(), screen, locale]);
    const kept = counts.get(key) ?? { shown: 0, answered: 0, ended: 0 };
    kept[count] += 1;
    counts.set(key, kept);
  };
  return {
    note({ screen, from, locale, isDial, isEnd }) {
      if (isDial) add(allCalls, locale, 'shown');
      if (from !== undefined) add(from, locale, 'answered');
      add(screen, locale, 'shown');
      if (isEnd) add(screen, locale, 'ended');
    },
    async write() {
      const written = counts;
      if (written.size === 0) return 0;
      counts = new Map();
      try {
        await db.pool.query(addSql, [JSON.stringify(rowsOf(written))]);
      } catch (error) {
        for (const [key, { shown, answered, ended }] of counts) {
          const kept = written.get(key) ?? { shown: 0, answered: 0, ended: 0 };
          kept.shown += shown;
          kept.answered += answered;
          kept.ended += ended;
          written.set(key, kept);
        }
        counts = written;
        throw error;
      }
      return written.size;
    },
  };
}

function rowsOf(counts: ReadonlyMap<string, Counts>): object[] {
  return Array.from(counts, ([key, kept]) => {
    // The key that was made above.
    const [day, screen, locale] = JSON.parse(key) as string[];
    return { day, screen, locale, ...kept };
  });
}

/** In one order, so that two processes never wait for each other. */
const addSql = `insert into menu_figures (day, screen, locale, shown, answered, ended)
  select day, screen, locale, shown, answered, ended from json_to_recordset($1)
    as one (day date, screen text, locale text, shown int, answered int, ended int) order by 1, 2, 3
  on conflict (day, screen, locale) do update set shown = menu_figures.shown + excluded.shown,
    answered = menu_figures.answered + excluded.answered, ended = menu_figures.ended + excluded.ended`;
