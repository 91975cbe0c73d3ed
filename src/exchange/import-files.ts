import type { Clock } from '../runtime/clock';
import type { Database } from '../runtime/database';
import { communeFinder } from '../staff/find-commune';
import { planReminders } from '../messaging/plan-reminders';
import { loadTerritory, readTerritory } from '../staff/territory';
import { FILE_FORMATS } from './formats';
import { importFile, type ImportSummary } from './import-file';
import { rejectedPaths } from './rejected-file';
import { datedKinds, reminderSources } from './reminder-sources';
import { surveyFile, type RegisterFile } from './survey-file';

/** What an import of several files needs. The database must be one that waits for long statements. */
export interface ImportDesk {
  readonly db: Database;
  readonly clock: Clock;
  /** Who imports, for the audit chain; the service itself when absent. */
  readonly actor?: string;
  /** Takes warnings and reasons for the staff, in French. */
  readonly warn: (line: string) => void;
  /** Where the rejected rows of a file are written; next to it when absent. */
  readonly rejectedPath?: (file: string) => string;
  /** Told how far the reading of a file is. */
  readonly progress?: (
    file: RegisterFile,
    readBytes: number,
    rows: number,
  ) => void;
  /** Told of every file as soon as it is done. */
  readonly done?: (summary: ImportSummary) => void;
  readonly batchRows?: number;
  readonly pieceBytes?: number;
}

/** What became of all files. `refused`: one of them is no register file, and nothing was changed. */
export type ImportOutcome =
  | { readonly kind: 'refused'; readonly reasons: readonly string[] }
  | { readonly kind: 'done'; readonly summaries: readonly ImportSummary[] };

type WholeDesk = ImportDesk & Required<Pick<ImportDesk, 'rejectedPath'>>;

const LOCK = 'jigi exchange import';

/**
 * Imports files in the order of the exchange contract, whatever order they are given in. All are
 * looked at before any is applied. Two imports never run at once: the second one waits. What households are told
 * follows new dates at once.
 */
export async function importFiles(
  desk: ImportDesk,
  paths: readonly string[],
): Promise<ImportOutcome> {
  const surveys = await Promise.all(paths.map(surveyFile));
  const reasons = surveys.flatMap((survey) =>
    survey.kind === 'refused' ? [`${survey.path}: ${survey.reason}`] : [],
  );
  if (reasons.length > 0) return { kind: 'refused', reasons };
  const files = surveys.flatMap((survey) =>
    survey.kind === 'register' ? [survey] : [],
  );
  const { rejectedPath = rejectedPaths(paths) } = desk;
  const whole = { ...desk, rejectedPath };
  return oneAtATime(desk, async () => {
    const summaries = await importInOrder(whole, files);
    if (files.some(({ format }) => datedKinds.includes(format.kind)))
      await planReminders(desk, reminderSources);
    return { kind: 'done', summaries };
  });
}

async function importInOrder(
  { progress, rejectedPath, done, ...desk }: WholeDesk,
  files: readonly RegisterFile[],
): Promise<readonly ImportSummary[]> {
  await loadTerritory(desk.db);
  const finder = communeFinder(await readTerritory(desk.db));
  const summaries: ImportSummary[] = [];
  for (const file of inOrder(files)) {
    const summary = await importFile(
      {
        ...desk,
        finder,
        rejectedPath: rejectedPath(file.path),
        warn: (line) => desk.warn(`${file.path}: ${line}`),
        progress: (bytes, rows) => progress?.(file, bytes, rows),
      },
      file,
    );
    done?.(summary);
    summaries.push(summary);
  }
  return summaries;
}

function inOrder(files: readonly RegisterFile[]): readonly RegisterFile[] {
  const rank = (file: RegisterFile): number =>
    FILE_FORMATS.indexOf(file.format);
  return [...files].sort((a, b) => rank(a) - rank(b));
}

async function oneAtATime<T>(
  { db, warn }: ImportDesk,
  work: () => Promise<T>,
): Promise<T> {
  const client = await db.pool.connect();
  try {
    const { rows } = await client.query<{ taken: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as taken',
      [LOCK],
    );
    if (rows[0]?.taken !== true) {
      warn('Une autre importation est en cours: celle-ci attend son tour.');
      await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [
        LOCK,
      ]);
    }
    return await work();
  } finally {
    // The lock ends with the connection, however the work ended.
    client.release(true);
  }
}
