import {
  gatheringsAtOnce,
  type ListedGathering,
  listGatherings,
} from '../activities/list-gatherings';
import { isSmall } from '../register/small-cells';
import { isIsoDay } from '../text/dates';
import { grouped } from './grouped';
import { choices } from './inbox-choices';
import { readNumber } from './read-fields';
import { forStaff, type Reply, type Route, type StaffedVisit } from './route';

const access = 'sessions.see';

/** Sessions and distributions of one's territory: never a theme, never for whom, no payment. */
export const gatheringPages: readonly Route[] = [
  forStaff('get', '/seances', access, list),
];

const kinds = { session: 'Séances', distribution: 'Distributions' } as const;
const states = { planned: 'Prévue', postponed: 'Reportée' } as const;

async function list({ house, staff, query }: StaffedVisit): Promise<Reply> {
  const asked = query['du'] ?? '';
  const isWrong = asked !== '' && !isIsoDay(asked);
  const from = isWrong || asked === '' ? house.clock.today() : asked;
  const kind = kindOf(query['quoi']);
  const page = readNumber(query['page']) ?? 1;
  const { gatherings, hasMore } = await listGatherings(house.db, {
    ...{ territory: staff.member.territory, from, kind },
    skip: (page - 1) * gatheringsAtOnce,
  });
  const at = (other: number): string =>
    `/console/seances?${new URLSearchParams({ du: from, quoi: kind ?? '', page: String(other) }).toString()}`;
  return {
    ...{ kind: 'page', view: 'gatherings', title: 'Séances et distributions' },
    status: isWrong ? 422 : 200,
    values: {
      faults: isWrong ? { du: 'Écrivez le jour ainsi: 2026-03-12.' } : {},
      from: isWrong ? asked : from,
      kinds: choices(Object.entries(kinds), kind, 'Tout'),
      gatherings: gatherings.map(shownGathering),
      first: page > 1 ? at(1) : undefined,
      next: hasMore ? at(page + 1) : undefined,
    },
  };
}

function kindOf(word: string | undefined): ListedGathering['kind'] | undefined {
  return word === 'session' || word === 'distribution' ? word : undefined;
}

function shownGathering(one: ListedGathering) {
  return {
    ...one,
    kindText: one.kind === 'session' ? 'Séance' : 'Distribution',
    stateText: one.status === 'cancelled' ? 'Annulée' : states[one.status],
    households: isSmall(one.households)
      ? 'moins de 5'
      : grouped(one.households),
  };
}
