import { mkdir, readdir, rename, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Log } from '../runtime/logger';
import { importFiles, type ImportDesk } from './import-files';

/** What taking in a folder needs. */
export interface FolderDesk extends Omit<
  ImportDesk,
  'warn' | 'rejectedFolder'
> {
  readonly log: Log;
}

/** What became of the files of a folder. */
export interface FolderOutcome {
  readonly done: readonly string[];
  readonly failed: readonly string[];
}

const DONE = 'done';
const FAILED = 'failed';

/**
 * Imports the CSV files that lie in a folder: those taken in go to `done/`, with their report and their
 * rejected rows; those that are no register file go to `failed/` with the reason. A file is expected
 * to be renamed into the folder when it is whole; one whose name begins with a dot or does not end in
 * `.csv` is left alone.
 */
export async function takeInFolder(
  desk: FolderDesk,
  folder: string,
): Promise<FolderOutcome> {
  const done = path.join(folder, DONE);
  const failed = path.join(folder, FAILED);
  await mkdir(done, { recursive: true });
  await mkdir(failed, { recursive: true });
  const taken: string[] = [];
  const refused: string[] = [];
  let waiting = await waitingFiles(folder);
  while (waiting.length > 0) {
    const lines: string[] = [];
    const warn = (line: string): void => void lines.push(line);
    const outcome = await importFiles(
      { ...desk, warn, rejectedFolder: done },
      waiting,
    );
    if (outcome.kind === 'done') {
      await settle(waiting, done, lines, outcome.summaries);
      taken.push(...waiting);
      for (const { file, ...summary } of outcome.summaries) {
        desk.log.info('file imported', {
          file: path.basename(file),
          ...summary,
        });
      }
      return { done: taken, failed: refused };
    }
    // The others are imported once the refused ones are out of the way.
    const bad = waiting.filter((file) =>
      outcome.reasons.some((reason) => reason.startsWith(`${file}: `)),
    );
    await settle(bad, failed, outcome.reasons, []);
    refused.push(...bad);
    for (const file of bad) {
      desk.log.warn('file refused', { file: path.basename(file) });
    }
    waiting = waiting.filter((file) => !bad.includes(file));
  }
  return { done: taken, failed: refused };
}

async function waitingFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  const found: string[] = [];
  for (const name of names.sort()) {
    const file = path.join(folder, name);
    if (name.startsWith('.') || !name.toLowerCase().endsWith('.csv')) continue;
    if ((await stat(file)).isFile()) found.push(file);
  }
  return found;
}

async function settle(
  files: readonly string[],
  target: string,
  lines: readonly string[],
  summaries: readonly { file: string }[],
): Promise<void> {
  for (const file of files) {
    const name = path.basename(file);
    const about = lines.filter((line) => line.startsWith(`${file}: `));
    const summary = summaries.filter((one) => one.file === file);
    const report = [...about, ...summary.map((one) => JSON.stringify(one))];
    await writeFile(
      path.join(target, `${name}.rapport.txt`),
      report.map((line) => `${line}\n`).join(''),
    );
    await rename(file, path.join(target, name));
  }
}
