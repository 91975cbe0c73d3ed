import path from 'node:path';
import { Argument, type Command } from 'commander';
import { exportFile } from '../exchange/export-file';
import { EXPORT_KINDS, type ExportKindName } from '../exchange/export-kinds';
import { inHouse, type OpenHouse } from './command-house';
import { readInstant } from './read-instant';
import { refuseUnwritable } from './refuse-unwritable';

interface ExportOptions {
  readonly since: Date;
  readonly out: string;
}

/** `export KIND --since INSTANT --out FILE`: one line of JSON on stdout when the file is whole. */
export function addExportCommands(program: Command, open: OpenHouse): void {
  const kinds = new Argument('<sorte>', 'ce qui est exporté').choices(
    Object.keys(EXPORT_KINDS),
  );
  program
    .command('export')
    .description('Écrit ce que les appelants ont dit, pour GAJIGI et le RSU')
    .addArgument(kinds)
    .requiredOption(
      '--since <instant>',
      'depuis quand: 2026-03-12 ou 2026-03-12T08:00:00Z',
      readInstant,
    )
    .requiredOption('--out <fichier>', 'le fichier à écrire')
    .action(async (kind: ExportKindName, { since, out }: ExportOptions) => {
      await refuseUnwritable(path.dirname(path.resolve(out)));
      const summary = await inHouse(
        open,
        ({ db }) =>
          exportFile({ db }, { kind, since, file: out, actor: 'cli' }),
        { mustExist: true },
      );
      process.stdout.write(`${JSON.stringify(summary)}\n`);
    });
}
