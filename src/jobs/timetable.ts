import { IMPORT_CONNECTIONS } from '../exchange/import-file';
import { takeInFolder } from '../exchange/watch-folder';
import type { Clock } from '../runtime/clock';
import { connectDatabase } from '../runtime/database';
import type { Database } from '../runtime/database';
import { withLock } from '../runtime/lock';
import type { Log } from '../runtime/logger';
import { cutWhen } from './cut-when';
import { forgetOldTraces } from './forget';
import type { Job } from './run-every';

const minuteMs = 60_000;

/**
 * Imports run on connections of their own, which wait for long statements. When the process ends they are cut:
 * a file that is not done stays where it is, and what was applied of it is unchanged the next time.
 */
function takeInRegister(
  { clock, log, databaseUrl }: TimetableDeps,
  importDir: string,
): Job['run'] {
  return async (stopping) => {
    const db = connectDatabase(databaseUrl, {
      max: IMPORT_CONNECTIONS,
      connectTimeoutMs: 10_000,
      statementTimeoutMs: 0,
    });
    cutWhen(stopping, db);
    try {
      const { done, failed } = await takeInFolder(
        { db, clock, log },
        importDir,
      );
      return done.length + failed.length;
    } finally {
      await db.close();
    }
  };
}

/** What the jobs work with. */
export interface TimetableDeps {
  db: Database;
  clock: Clock;
  log: Log;
  databaseUrl: string;
  /** Register files are taken in from here; absent: from nowhere. */
  importDir: string | undefined;
}

/** Every job of the service with its period. Each runs in one process at a time, whichever it is. */
export function timetable(deps: TimetableDeps): Job[] {
  const alone = (name: string, everyMs: number, run: Job['run']): Job => ({
    name,
    everyMs,
    async run(stopping) {
      const done = await withLock(deps.db, `job ${name}`, () => run(stopping));
      return done.kind === 'done' ? done.value : 0;
    },
  });
  return [
    alone('forget old traces', 10 * minuteMs, () => forgetOldTraces(deps)),
    ...(deps.importDir === undefined
      ? []
      : [
          alone(
            'take in register files',
            minuteMs / 6,
            takeInRegister(deps, deps.importDir),
          ),
        ]),
  ];
}
