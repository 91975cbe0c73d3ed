import { type Command, InvalidArgumentError } from 'commander';
import { type CostLine, costStatement } from '../campaigns/cost-statement';
import { addDays, type IsoDay, isIsoDay } from '../text/dates';
import { formatXof } from '../text/money';
import { inHouse, type OpenHouse } from './command-house';

/** What campaigns cost, to be billed to whoever finances them: by month, financing and network. */
export function addCampaignCosts(campaigns: Command, open: OpenHouse): void {
  campaigns
    .command('costs')
    .description('Montre ce que les campagnes ont coûté, mois par mois')
    .requiredOption('--from <mois>', 'le premier mois: 2026-03', readMonth)
    .option('--to <mois>', 'le dernier mois; sans lui, le premier', readMonth)
    .action(({ from, to = from }: { from: IsoDay; to?: IsoDay }) =>
      inHouse(open, async ({ db }) => {
        const lines = await costStatement(db, { from, to: monthAfter(to) });
        process.stdout.write(`${toldCosts(lines).join('\n')}\n`);
      }),
    );
}

function toldCosts(lines: readonly CostLine[]): string[] {
  if (lines.length === 0) return ["Aucun SMS de campagne n'est parti."];
  const sum = lines.reduce((all, { costXof }) => all + costXof, 0);
  return [
    ...lines.map((line) =>
      [
        ...[line.month, line.financing, line.operator],
        `${line.messages} SMS, ${line.segments} parties, ${formatXof(line.costXof)}`,
      ].join('  '),
    ),
    `Total: ${formatXof(sum)}`,
  ];
}

/** @returns its first day */
function readMonth(text: string): IsoDay {
  const first = `${text}-01`;
  if (!isIsoDay(first))
    throw new InvalidArgumentError('Écrivez un mois: 2026-03.');
  return first;
}

function monthAfter(first: IsoDay): IsoDay {
  const inNext = addDays(first, 31).slice(0, 7);
  return readMonth(inNext);
}
