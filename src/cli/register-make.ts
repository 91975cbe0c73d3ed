import { InvalidArgumentError, type Command } from 'commander';
import { makeSyntheticProgramme } from '../exchange/synthetic-programme';
import type { Clock } from '../runtime/clock';

interface MakeOptions {
  readonly households: number;
  readonly seed: number;
  readonly out: string;
  readonly today?: string;
  readonly distinctAmounts?: true;
}

/** `register make`: writes the exchange files of an invented programme; the same request gives the same bytes. */
export function addRegisterCommands(program: Command, clock: Clock): void {
  program
    .command('register')
    .description('Un registre inventé, pour essayer')
    .command('make')
    .description("Écrit les fichiers d'échange d'un programme inventé")
    .requiredOption('--households <n>', 'nombre de ménages', readWhole)
    .requiredOption('--out <dossier>', 'où écrire les fichiers')
    .option(
      '--seed <n>',
      'graine: la même donne les mêmes fichiers',
      readWhole,
      1,
    )
    .option('--today <jour>', "jour d'où partent les dates (sinon aujourd'hui)")
    .option(
      '--distinct-amounts',
      "chaque paiement d'une vague a son propre montant",
    )
    .action(async ({ out, today = clock.today(), ...options }: MakeOptions) => {
      const { households, seed, distinctAmounts = false } = options;
      const files = await makeSyntheticProgramme(
        { households, seed, today, distinctAmounts },
        out,
      );
      for (const file of files) process.stdout.write(`${file}\n`);
    });
}

function readWhole(text: string): number {
  if (!/^\d{1,9}$/.test(text)) {
    throw new InvalidArgumentError('Écrivez un nombre entier.');
  }
  return Number(text);
}
