import { escalationNotices } from '../complaints/escalation-notices';
import { levelTitles } from '../complaints/levels';
import type { Officer } from '../complaints/visibility';
import type { Database } from '../runtime/database';
import { spokenPairs } from '../text/check-digit';
import { addDays, type IsoDay } from '../text/dates';

/** Days for which the levels are told that a request went up. */
const toldDays = 3;

/** So many are named; of the others their number is told. */
const most = 10;

/** What went up by itself from or to an officer's level in the last days, in words; undefined where nothing did. */
export async function toldEscalations(
  db: Pick<Database, 'pool'>,
  officer: Officer,
  today: IsoDay,
) {
  const since = new Date(addDays(today, -toldDays));
  const notices = await escalationNotices(db, officer, since);
  if (notices.length === 0) return undefined;
  return {
    arrived: notices.filter(({ isArrival }) => isArrival).length,
    left: notices.filter(({ isArrival }) => !isArrival).length,
    isMore: notices.length > most,
    lines: notices.slice(0, most).map((one) => ({
      pairs: spokenPairs(one.reference),
      path: `/console/demandes/${one.reference}`,
      happenedAt: one.happenedAt,
      text: one.isArrival
        ? `vient du niveau ${titleOf(one.fromLevel)}`
        : `est montée au niveau ${titleOf(one.toLevel)}`,
    })),
  };
}

function titleOf(level: string): string {
  // The column's CHECK holds the same list.
  return levelTitles[level as keyof typeof levelTitles].toLowerCase();
}
