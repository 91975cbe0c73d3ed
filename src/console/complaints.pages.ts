import { alertsFor } from '../complaints/alerts';
import { countInbox } from '../complaints/count-inbox';
import { readInbox } from '../complaints/inbox';
import { inboxViews } from '../complaints/inbox-views';
import { countArrivals, seenMark } from '../complaints/new-arrivals';
import { officerOf } from '../complaints/officer';
import { colleaguesOf } from '../staff/colleagues';
import { holds } from '../staff/permissions';
import { roleOf } from '../staff/roles';
import { savedViews } from '../staff/saved-views';
import { unitsBelow } from '../staff/units-below';
import {
  inboxPath,
  inboxQuery,
  readInboxFilter,
  readInboxMark,
  viewWords,
} from './inbox-address';
import { choices, inboxChoices } from './inbox-choices';
import { shownRow } from './inbox-rows';
import { forStaff, type Reply, type Route, type StaffedVisit } from './route';
import { readSeenMark, seenMarkWord } from './seen-mark';
import { toldEscalations } from './told-escalations';

/** The inbox, and what its script asks while it is open. */
export const complaintsPages: readonly Route[] = [
  forStaff('get', '/demandes', 'complaints.see', (visit) => showInbox(visit)),
  {
    ...forStaff('get', '/demandes/nouvelles', 'complaints.see', tellNew),
    isByItself: true,
  },
];

/** The inbox as its address asks for it; with a fault, as a form left it. */
export async function showInbox(
  visit: StaffedVisit,
  faults: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  const { house, staff, query, form } = visit;
  const { member } = staff;
  const { db, clock } = house;
  const today = clock.today();
  const units = await unitsBelow(db, member.territory);
  const officer = await officerOf(db, member);
  const alerts = await alertsFor(db, officer);
  const asking = readInboxFilter(query, units);
  // An alert that is not hers to see is none.
  const isHers = alerts.some(({ id }) => id === asking.alertId);
  const filter = isHers ? asking : { ...asking, alertId: undefined };
  const reader = { officer, today };
  const after = readInboxMark(query['apres']);
  const [counts, page, kept, colleagues, mark, escalated] = await Promise.all([
    countInbox(db, reader),
    readInbox(db, reader, filter, after),
    savedViews(db, member.id),
    holds(member, 'complaints.assign')
      ? colleaguesOf(db, member, 'complaints.work')
      : [],
    seenMark(db, officer, today),
    toldEscalations(db, officer, today),
  ]);
  const asked = inboxQuery(filter);
  return {
    ...{ kind: 'page', view: 'complaints', title: 'Demandes' },
    status: Object.keys(faults).length > 0 ? 422 : 200,
    values: {
      ...{ faults, filter, asked, typed: form },
      rows: page.rows.map((row) => shownRow(row, today)),
      views: inboxViews.map((view) => ({
        text: viewWords[view].text,
        count: view === 'closed' ? undefined : counts[view],
        path: inboxPath({ view }),
        isChosen: view === filter.view,
        isUrgent: view === 'late',
      })),
      kept: kept.map((one) => ({
        ...one,
        path: `/console/demandes${one.query === '' ? '' : `?${one.query}`}`,
        isChosen: one.query === asked,
      })),
      alerts: alerts
        .filter(({ seenAt }) => seenAt === null)
        .slice(0, 3)
        .map((alert) => ({
          ...alert,
          path: inboxPath({ view: 'open', alertId: alert.id }),
        })),
      choices: inboxChoices(filter, units),
      isNarrowed: asked !== inboxQuery({ view: filter.view }),
      viewWord: viewWords[filter.view].word,
      here: inboxPath(filter, after),
      first: after && inboxPath(filter),
      next: page.next && inboxPath(filter, page.next),
      colleagues: choices(
        colleagues.map(({ id, fullName, role }) => [
          String(id),
          id === member.id
            ? `${fullName} (moi)`
            : `${fullName}, ${roleOf(role).title}`,
        ]),
        form['responsable'],
        'Choisissez quelqu’un',
      ).filter(() => colleagues.length > 0),
      mayFile: holds(member, 'complaints.file'),
      ...{ seen: seenMarkWord(mark), escalated },
    },
  };
}

/** `?depuis=…`: how many came since, for the banner; tiny, and the same until something came. */
async function tellNew({ house, staff, query }: StaffedVisit): Promise<Reply> {
  const since = readSeenMark(query['depuis']);
  if (since === undefined) return { kind: 'notFound' };
  const officer = await officerOf(house.db, staff.member);
  const count = await countArrivals(house.db, officer, since);
  return { kind: 'told', told: { count } };
}
