import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Log } from '../runtime/logger';
import { freeName } from './free-name';
import type { ImportSummary } from './import-file';
import { importFiles, type ImportDesk } from './import-files';
import { reportOf } from './rejected-file';

/** What taking in a folder needs. */
export interface FolderDesk extends Omit<ImportDesk, 'warn' | 'rejectedPath'> {
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
 * rejected rows; those that are no register file go to `failed/` with the reason. Where a file of that
 * name lies there from another day, the new one gets a number. A file is expected to be renamed into
 * the folder when it is whole; one whose name begins with a dot or does not end in `.csv` is left alone.
 */
export async function takeInFolder(
  desk: FolderDesk,
  folder: string,
): Promise<FolderOutcome> {
  const done = path.join(folder, DONE);
  const failed = path.join(folder, FAILED);
  await mkdir(done, { recursive: true });
  await mkdir(failed, { recursive: true });
  const refused: string[] = [];
  let waiting = await waitingFiles(folder);
  while (waiting.length > 0) {
    const reasons = await takeIn(desk, waiting, done);
    if (reasons === undefined) return { done: waiting, failed: refused };
    // The others are imported once the refused ones are out of the way.
    const bad = waiting.filter((file) =>
      reasons.some((reason) => isAbout(file, reason)),
    );
    await settle(settledPaths(bad, failed), reasons, []);
    refused.push(...bad);
    for (const file of bad) {
      desk.log.warn('file refused', { file: path.basename(file) });
    }
    waiting = waiting.filter((file) => !bad.includes(file));
  }
  return { done: [], failed: refused };
}

/** @returns why nothing was taken in; undefined when all was, and the files are settled */
async function takeIn(
  desk: FolderDesk,
  files: readonly string[],
  done: string,
): Promise<readonly string[] | undefined> {
  const targets = settledPaths(files, done);
  const lines: string[] = [];
  const outcome = await importFiles(
    {
      ...desk,
      warn: (line) => void lines.push(line),
      rejectedPath: (file) => reportOf(targets.get(file) ?? file),
    },
    files,
  );
  if (outcome.kind === 'refused') return outcome.reasons;
  await settle(targets, lines, outcome.summaries);
  for (const { file, ...summary } of outcome.summaries) {
    desk.log.info('file imported', { file: path.basename(file), ...summary });
  }
  return undefined;
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

/** Where each file goes in `target`; what lies there already stays as it is. */
function settledPaths(
  files: readonly string[],
  target: string,
): ReadonlyMap<string, string> {
  const chosen = new Set<string>();
  return new Map(
    files.map((file) => {
      const lies = (name: string): boolean =>
        existsSync(path.join(target, name));
      const name = freeName(
        path.basename(file),
        (one) => !chosen.has(one) && !lies(one) && !lies(reportOf(one)),
      );
      chosen.add(name);
      return [file, path.join(target, name)];
    }),
  );
}

function isAbout(file: string, line: string): boolean {
  return line.startsWith(`${file}: `);
}

async function settle(
  targets: ReadonlyMap<string, string>,
  lines: readonly string[],
  summaries: readonly ImportSummary[],
): Promise<void> {
  for (const [file, target] of targets) {
    const about = lines.filter((line) => isAbout(file, line));
    const summary = summaries.filter((one) => one.file === file);
    const report = [...about, ...summary.map((one) => JSON.stringify(one))];
    await writeFile(
      `${target}.rapport.txt`,
      report.map((line) => `${line}\n`).join(''),
    );
    await rename(file, target);
  }
}
