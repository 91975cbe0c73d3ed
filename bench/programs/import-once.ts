import { IMPORT_CONNECTIONS } from '../../src/exchange/import-file';
import { importFiles } from '../../src/exchange/import-files';
import { systemClock } from '../../src/runtime/clock';
import { connectDatabase } from '../../src/runtime/database';
import type { ImportedOnce } from '../import';

/** Imports the files of its arguments into the store of the first, in a process of its own, and tells what it took. */
async function importOnce([
  url = '',
  ...files
]: string[]): Promise<ImportedOnce> {
  const db = connectDatabase(url, {
    max: IMPORT_CONNECTIONS,
    statementTimeoutMs: 0,
  });
  const began = performance.now();
  const warn = (line: string): void => void process.stderr.write(`${line}\n`);
  const outcome = await importFiles({ db, clock: systemClock(), warn }, files);
  const seconds = (performance.now() - began) / 1000;
  await db.close();
  const summaries = outcome.kind === 'done' ? outcome.summaries : [];
  return { seconds, summaries };
}

void importOnce(process.argv.slice(2)).then((once) => {
  process.send?.(once, () => process.exit(0));
});
