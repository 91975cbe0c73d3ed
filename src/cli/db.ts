import type { Command } from 'commander';
import { inHouse, type OpenHouse } from './command-house';

/** `db migrate`: brings the store up to date and names on stdout what it lacked. */
export function addDbCommands(program: Command, open: OpenHouse): void {
  program
    .command('db')
    .description('La base de données')
    .command('migrate')
    .description('Met la base à jour et dit ce qui a été appliqué')
    .action(async () => {
      const lines = await inHouse(open, ({ migrations }) =>
        Promise.resolve(told(migrations)),
      );
      process.stdout.write(`${lines.join('\n')}\n`);
    });
}

function told(migrations: readonly string[]): string[] {
  return migrations.length === 0
    ? ["La base était à jour: rien n'a été appliqué."]
    : [
        ...migrations.map((name) => `Migration appliquée: ${name}`),
        'La base est à jour.',
      ];
}
