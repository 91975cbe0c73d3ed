import path from 'node:path';
import type { Command } from 'commander';
import { importFiles } from '../exchange/import-files';
import { rejectedPaths } from '../exchange/rejected-file';
import { inHouse, type OpenHouse } from './command-house';
import { progressLine } from './progress-line';
import { refuseUnwritable } from './refuse-unwritable';

/**
 * `import FILE…`: one line of JSON on stdout for every file; exit code 0, 1 when a row was rejected,
 * 2 when a file is no register file (then nothing was changed).
 */
export function addImportCommands(program: Command, open: OpenHouse): void {
  program
    .command('import')
    .description(
      "Importe des fichiers du registre ou de GAJIGI, dans l'ordre voulu",
    )
    .argument(
      '<fichiers...>',
      'fichiers CSV; leur sorte se reconnaît à leur en-tête',
    )
    .option(
      '--rejected <dossier>',
      'où écrire les lignes rejetées (sinon à côté du fichier)',
    )
    .action(async (files: string[], options: { rejected?: string }) => {
      if (options.rejected !== undefined) {
        await refuseUnwritable(options.rejected);
      }
      process.exitCode = await inHouse(open, (house) =>
        runImport(house, files, options.rejected),
      );
    });
}

async function runImport(
  { db, clock }: Parameters<Parameters<typeof inHouse>[1]>[0],
  files: readonly string[],
  rejectedFolder: string | undefined,
): Promise<number> {
  const bar = progressLine(process.stderr);
  const tell = (line: string): void => {
    bar.end();
    process.stderr.write(`${line}\n`);
  };
  const outcome = await importFiles(
    {
      ...{ db, clock, actor: 'cli', warn: tell },
      rejectedPath: rejectedPaths(files, rejectedFolder),
      progress: (file, bytes, rows) => {
        bar.show(path.basename(file.path), bytes, file.bytes, rows);
      },
      done: (summary) => {
        bar.end();
        process.stdout.write(`${JSON.stringify(summary)}\n`);
      },
    },
    files,
  );
  if (outcome.kind === 'refused') {
    outcome.reasons.forEach(tell);
    return 2;
  }
  return outcome.summaries.some(({ rejected }) => rejected > 0) ? 1 : 0;
}
