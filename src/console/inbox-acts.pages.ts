import { isReference } from '../complaints/reference';
import { markAlertSeen } from '../complaints/alerts';
import { complaintSeen } from '../complaints/complaint-seen';
import { householdSeen } from '../complaints/household-seen';
import { officerOf } from '../complaints/officer';
import { dropView, saveView } from '../staff/saved-views';
import { unitsBelow } from '../staff/units-below';
import { showInbox } from './complaints.pages';
import { inboxPath, inboxQuery, readInboxFilter } from './inbox-address';
import { saying } from './notices';
import { readNumber } from './read-fields';
import { forStaff, type Reply, type Route, type StaffedVisit } from './route';

/** What is done from the inbox itself: searching, and keeping views. */
export const inboxActPages: readonly Route[] = [
  forStaff('post', '/demandes/chercher', 'complaints.see', search),
  forStaff('post', '/demandes/vues', 'complaints.see', keepView),
  forStaff('post', '/demandes/vues/:id/retirer', 'complaints.see', forgetView),
  forStaff('post', '/alertes/:id/vue', 'complaints.work', takeNote),
];

/** `cherche=12 34 56 78`, or a household number: sent as a form, for addresses are kept in journals. */
async function search(visit: StaffedVisit): Promise<Reply> {
  const { house, staff, form } = visit;
  const officer = await officerOf(house.db, staff.member);
  const typed = (form['cherche'] ?? '').trim();
  const digits = typed.replaceAll(/[\s.-]/g, '');
  if (isReference(digits)) {
    const seen = await complaintSeen(house.db, officer, digits);
    if (seen !== undefined)
      return { kind: 'goTo', path: `/console/demandes/${digits}` };
  }
  const householdId = await householdSeen(house.db, officer, typed);
  return householdId === undefined
    ? showInbox(visit, {
        cherche:
          'Aucune demande de votre territoire ne porte ce numéro. Écrivez les huit chiffres de la demande, ou le numéro du ménage.',
      })
    : { kind: 'goTo', path: inboxPath({ view: 'open', householdId }) };
}

/** `nom=Kita, fraude`; the view is what the address asks. */
async function keepView(visit: StaffedVisit): Promise<Reply> {
  const { house, staff, query, form } = visit;
  const { member } = staff;
  const units = await unitsBelow(house.db, member.territory);
  const { householdId, ...filter } = readInboxFilter(query, units);
  const view = { name: form['nom'] ?? '', query: inboxQuery(filter) };
  const fault =
    householdId === undefined
      ? await saveView(house.db, member.id, view)
      : 'La vue d’un ménage ne se garde pas.';
  return fault === undefined
    ? { kind: 'goTo', path: saying(inboxPath(filter), 'vue') }
    : showInbox(visit, { nom: fault });
}

async function forgetView({
  house,
  staff,
  params,
}: StaffedVisit): Promise<Reply> {
  const id = readNumber(params['id']);
  const isGone =
    id !== undefined && (await dropView(house.db, staff.member.id, id));
  return isGone
    ? { kind: 'goTo', path: saying('/console/demandes', 'vueRetiree') }
    : { kind: 'notFound' };
}

/** Somebody took note that several requests name one person. */
async function takeNote({
  house,
  staff,
  params,
}: StaffedVisit): Promise<Reply> {
  const id = readNumber(params['id']);
  const officer = await officerOf(house.db, staff.member);
  const isDone = id !== undefined && (await markAlertSeen(house, officer, id));
  return isDone
    ? { kind: 'goTo', path: saying('/console/demandes', 'alerteVue') }
    : { kind: 'notFound' };
}
