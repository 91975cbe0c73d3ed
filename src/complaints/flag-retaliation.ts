import { actOn, type Acted, type AtVersion, type CaseDesk } from './case-desk';
import type { Level } from './categories';
import { routeAround } from './reroute';
import { takeStep } from './take-step';
import type { Officer } from './visibility';

/** Notes that somebody is threatened for speaking, and by which level: it never sees the complaint from now on. */
export function flagRetaliation(
  desk: CaseDesk,
  officer: Officer,
  { by, ...at }: AtVersion & { by: Level },
): Promise<Acted> {
  return actOn(desk, officer, at, 'complaints.work', (open) => {
    const { namedLevel } = open.complaint;
    // Of two levels the higher is the more dangerous; what is below reads only what began there.
    const named = namedLevel !== null && namedLevel > by ? namedLevel : by;
    const { level, change } = routeAround(open.complaint, {
      // The column's CHECK holds the same list.
      level: named as Level,
    });
    return takeStep(open, {
      ...{ kind: 'flagged', level },
      change: { ...change, retaliation: true, namedLevel: named },
      details: { by },
    });
  });
}
