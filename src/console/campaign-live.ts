import type { CampaignProgress, StandingCounts } from '../campaigns/progress';
import { bamakoDay, shortDay } from '../text/dates';
import { formatXof } from '../text/money';
import { operatorTitles } from './campaign-words';
import { grouped, tenths } from './grouped';

/** How messages may stand, in the order of the bar. */
const standings = [
  { key: 'delivered', text: 'Arrivés' },
  { key: 'taken', text: 'Partis' },
  { key: 'failed', text: 'Échoués' },
  { key: 'unknown', text: 'Sans nouvelles' },
  { key: 'skipped', text: 'Retirés' },
  { key: 'waiting', text: 'En attente' },
] as const;

/** The bar's own width; its parts are whole. */
const barWidth = 1000;

/** How many stand so; what has arrived is not counted once more among what has gone. */
function standingsOf(counts: StandingCounts) {
  return { ...counts, taken: counts.sent - counts.delivered };
}

/** What of a live page changes: each text by its place, and each part of the bar. */
export function liveOf(progress: CampaignProgress): {
  texts: Record<string, string>;
  bar: { key: string; x: number; width: number }[];
} {
  const { target, waiting, endsAt } = progress;
  const own = standingsOf(progress);
  const gone = target - waiting;
  const bar = standings.map(({ key }, at) => {
    const before = standings
      .slice(0, at)
      .reduce((sum, one) => sum + own[one.key], 0);
    const place = (count: number): number =>
      target === 0 ? 0 : Math.round((barWidth * count) / target);
    const x = place(before);
    return { key, x, width: place(before + own[key]) - x };
  });
  return {
    bar,
    texts: {
      percent: `${target === 0 ? 0 : Math.floor((100 * gone) / target)} %`,
      gone: grouped(gone),
      target: grouped(target),
      pace: `${tenths(progress.perSecond)} par seconde`,
      ends: endsAt === undefined ? '–' : hourWords(endsAt),
      cost: formatXof(progress.costXof),
      failedPercent: `${tenths(progress.failedPercent)} %`,
      ...Object.fromEntries(
        standings.map(({ key }) => [key, grouped(own[key])]),
      ),
      ...Object.fromEntries(
        progress.byOperator.flatMap((one) => {
          const counts = standingsOf(one);
          const cost = formatXof(one.costXof);
          return [
            ...standings.map(({ key }): [string, string] => [
              `${one.operator}-${key}`,
              grouped(counts[key]),
            ]),
            [`${one.operator}-cost`, cost] satisfies [string, string],
          ];
        }),
      ),
    },
  };
}

/** The frame in which {@link liveOf} stands. */
export function liveFrame({
  byOperator,
}: Pick<CampaignProgress, 'byOperator'>) {
  return {
    standings,
    operators: byOperator.map(({ operator }) => ({
      operator,
      name: operatorTitles[operator],
    })),
  };
}

/** A night may lie between: the day is told too. Bamako keeps UTC all year. */
function hourWords(at: Date): string {
  return `${shortDay(bamakoDay(at))} à ${at.toISOString().slice(11, 16)}`;
}
