import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  importFiles,
  type ImportOutcome,
} from '../../src/exchange/import-files';
import type { ImportSummary } from '../../src/exchange/import-file';
import type { Clock } from '../../src/runtime/clock';
import type { Database } from '../../src/runtime/database';

/** A folder of exchange files under test, and the store that they are imported into. */
export interface ImportBench {
  readonly folder: string;
  /** Writes a file. @returns its path */
  write(name: string, content: string | Buffer): string;
  read(name: string): string;
  import(...names: string[]): Promise<ImportRun>;
  remove(): void;
}

/** What an import said. */
export interface ImportRun {
  readonly outcome: ImportOutcome;
  readonly summaries: readonly ImportSummary[];
  readonly warnings: readonly string[];
}

/** Makes an empty folder to import from. */
export function importBench(
  db: Database,
  clock: Clock,
  options: { batchRows?: number; pieceBytes?: number } = {},
): ImportBench {
  const folder = mkdtempSync(path.join(tmpdir(), 'jigi-import-'));
  const at = (name: string): string => path.join(folder, name);
  return {
    folder,
    write(name, content) {
      writeFileSync(at(name), content);
      return at(name);
    },
    read: (name) => readFileSync(at(name), 'utf8'),
    async import(...names) {
      const warnings: string[] = [];
      const warn = (line: string): void => void warnings.push(line);
      const outcome = await importFiles(
        { db, clock, warn, ...options },
        names.map(at),
      );
      const summaries = outcome.kind === 'done' ? outcome.summaries : [];
      return { outcome, summaries, warnings };
    },
    remove: () => {
      rmSync(folder, { recursive: true });
    },
  };
}

/** The counts of one file: read, created, updated, unchanged, stale, rejected. */
export function counts(run: ImportRun, at = 0): Partial<ImportSummary> {
  const found = run.summaries[at];
  if (found === undefined) throw new Error(JSON.stringify(run.outcome));
  const { read, created, updated, unchanged, stale, rejected } = found;
  return { read, created, updated, unchanged, stale, rejected };
}
