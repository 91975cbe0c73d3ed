import type { Command } from 'commander';
import { AppError } from '../runtime/errors';
import { countOver, retain, type RetentionCount } from '../staff/retain';
import { inHouse, type CommandHouse, type OpenHouse } from './command-house';

interface RetentionOptions {
  dryRun?: boolean;
  all?: boolean;
}

/** `retention [--dry-run] [--all]`: what is over goes, or is only counted. */
export function addRetentionCommands(program: Command, open: OpenHouse): void {
  program
    .command('retention')
    .description('Retire ce dont la durée de conservation est finie')
    .option('--dry-run', 'compte seulement: rien ne change')
    .option('--all', "dit aussi ce dont rien n'est fini")
    .action(async ({ dryRun = false, all = false }: RetentionOptions) => {
      const counts = await inHouse(
        open,
        (house) => (dryRun ? countOver(house) : retained(house)),
        { mustExist: true },
      );
      const lines = toldCounts(counts, { isDryRun: dryRun, all });
      process.stdout.write(`${lines.join('\n')}\n`);
    });
}

async function retained({
  db,
  clock,
}: CommandHouse): Promise<RetentionCount[]> {
  const done = await retain({ db, clock, actor: 'cli' });
  if (done.kind === 'busy')
    throw new AppError(
      'conflict',
      "La conservation est déjà en cours dans un autre programme. Rien n'a été changé: réessayez plus tard.",
    );
  return done.value;
}

/** One line of the retention table as staff read it: what it does to which tables. */
interface Told {
  what: string;
  does: RetentionCount['does'];
  rows: number;
  tables: { table: string; rows: number }[];
}

/** Steps of one line that do the same are told together. */
function grouped(counts: readonly RetentionCount[]): Told[] {
  const lines = new Map<string, Told>();
  for (const { what, does, table, rows } of counts) {
    const key = `${does} ${what}`;
    const line = lines.get(key) ?? { what, does, rows: 0, tables: [] };
    line.rows += rows;
    line.tables.push({ table, rows });
    lines.set(key, line);
  }
  return [...lines.values()];
}

const doing = {
  delete: { due: 'à supprimer', done: 'supprimées' },
  blank: { due: 'à vider', done: 'vidées' },
} as const;

/** What staff read of it: a line for each line of the retention table that has something to end, and their sum. */
export function toldCounts(
  counts: readonly RetentionCount[],
  { isDryRun, all }: { isDryRun: boolean; all: boolean },
): string[] {
  const told = grouped(counts).filter(({ rows }) => all || rows > 0);
  const total = counts.reduce((sum, { rows }) => sum + rows, 0);
  const word = isDryRun ? 'due' : 'done';
  const lines = told.map(({ rows, does, what, tables }) => {
    const where = tables
      .filter((one) => all || one.rows > 0)
      .map((one) =>
        tables.length === 1 ? one.table : `${one.table} ${one.rows}`,
      );
    return `${String(rows).padStart(String(total).length)} ${doing[does][word]}: ${what} (${where.join(', ')})`;
  });
  return [
    ...lines,
    `${total} au total${total === 0 ? ": rien n'est fini" : ''}.`,
    ...(isDryRun && total > 0
      ? ["Rien n'a été changé: sans --dry-run, ces lignes s'en vont."]
      : []),
  ];
}
