import { assignMany } from '../complaints/assign-complaint';
import { casesAt } from '../complaints/cases-at';
import { officerOf } from '../complaints/officer';
import { unitsBelow } from '../staff/units-below';
import { showInbox } from './complaints.pages';
import { inboxPath, readInboxFilter } from './inbox-address';
import { saying } from './notices';
import { readNumber } from './read-fields';
import {
  type Fields,
  forStaff,
  type Reply,
  type Route,
  type StaffedVisit,
} from './route';

/** Several requests given to somebody at once. */
export const bulkAssignPages: readonly Route[] = [
  forStaff('post', '/demandes/attribuer', 'complaints.assign', assign),
];

/** `d-12345678=4&d-87654321=2&responsable=12`: each at the version that the list showed. */
async function assign(visit: StaffedVisit): Promise<Reply> {
  const { house, staff, form, query } = visit;
  const to = readNumber(form['responsable']);
  const shown = chosen(form);
  if (to === undefined || shown.size === 0)
    return showInbox(visit, {
      responsable:
        to === undefined ? 'Choisissez à qui.' : 'Cochez une demande au moins.',
    });
  const officer = await officerOf(house.db, staff.member);
  const complaints = await casesAt(house.db, officer, shown);
  const became = await assignMany(house, officer, { to, complaints });
  const done = became.filter(({ kind }) => kind === 'done').length;
  if (done < shown.size)
    return showInbox(visit, {
      responsable: `${done} sur ${shown.size} attribuée${done > 1 ? 's' : ''}. Les autres ne sont pas du territoire ou des catégories de cette personne, ou quelqu’un d’autre a agi entre-temps.`,
    });
  const units = await unitsBelow(house.db, staff.member.territory);
  const filter = readInboxFilter(query, units);
  return { kind: 'goTo', path: saying(inboxPath(filter), 'attribuees') };
}

function chosen(form: Fields): ReadonlyMap<string, number> {
  const shown = new Map<string, number>();
  for (const [name, value = ''] of Object.entries(form)) {
    const [, reference] = /^d-(\d{8})$/.exec(name) ?? [];
    if (reference !== undefined && /^\d{1,9}$/.test(value))
      shown.set(reference, Number(value));
  }
  return shown;
}
