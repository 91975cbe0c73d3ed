import { householdRequests } from '../complaints/household-requests';
import { paymentProofs } from '../complaints/case-proofs';
import { officerOf } from '../complaints/officer';
import { findHouseholds } from '../register/find-households';
import { readHouseholdCard } from '../register/household-card';
import { inTransaction } from '../runtime/database';
import { recordAudit } from '../staff/audit';
import { noteHouseholdView } from '../staff/note-household-view';
import { holds, may } from '../staff/permissions';
import { placesOfCommunes } from '../staff/place-of-commune';
import { unitNames } from '../staff/unit-names';
import { shownHousehold } from './household-words';
import { shownRequest } from './inbox-rows';
import { shownProof } from './proof-words';
import { readNumber } from './read-fields';
import { readReason, reasonChoices } from './read-reason';
import { forStaff, type Reply, type Route, type StaffedVisit } from './route';

const access = 'households.see';

/** Finding a household and opening its card: never without a reason, and never by an address that tells who. */
export const householdsPages: readonly Route[] = [
  forStaff('get', '/menages', access, (visit) =>
    Promise.resolve(searchForm(visit)),
  ),
  forStaff('post', '/menages', access, search),
  forStaff('get', '/menages/:id', access, askReason),
  forStaff('post', '/menages/:id', access, open),
];

/** `cherche=…&motif=complaint&precision=12345678` */
async function search(visit: StaffedVisit): Promise<Reply> {
  const { house, staff, form } = visit;
  const reason = readReason(form);
  const typed = form['cherche'] ?? '';
  const found = await findHouseholds(house.db, typed);
  const faults = {
    ...(found.kind === 'unreadable' && {
      cherche: 'Écrivez un numéro de ménage, de carte ou de téléphone entier.',
    }),
    ...(reason.kind === 'faults' && reason.faults),
  };
  if (found.kind === 'unreadable' || reason.kind === 'faults')
    return searchForm(visit, faults);
  const placeOf = await placesOfCommunes(
    house.db,
    found.households.map(({ communeCode }) => communeCode),
  );
  const seen = found.households.filter(({ communeCode }) =>
    may(staff.member, access, placeOf(communeCode)),
  );
  await inTransaction(house.db, (tx) =>
    recordAudit(tx, {
      ...{ actor: `officer:${staff.member.id}`, action: 'household.searched' },
      details: { found: seen.length, reason: reason.reason },
    }),
  );
  const names = await unitNames(
    house.db,
    seen.map(({ communeCode }) => communeCode),
  );
  return searchForm(
    visit,
    {},
    {
      isSearched: true,
      found: seen.map((one) => ({
        ...one,
        commune: names.get(one.communeCode) ?? one.communeCode,
      })),
    },
  );
}

function searchForm(
  { form, query }: StaffedVisit,
  faults: Readonly<Record<string, string>> = {},
  values: object = {},
): Reply {
  return {
    ...{ kind: 'page', view: 'households', title: 'Ménages' },
    status: Object.keys(faults).length > 0 ? 422 : 200,
    values: {
      ...{
        faults,
        typed: form,
        reasons: reasonChoices(form['motif'] ?? query['motif']),
      },
      ...values,
    },
  };
}

/** Where a link to a household leads: the reason first. */
async function askReason(visit: StaffedVisit): Promise<Reply> {
  const id = await seenHousehold(visit);
  return id === undefined ? { kind: 'notFound' } : reasonForm(visit, id);
}

function reasonForm(
  { form, query }: StaffedVisit,
  id: number,
  faults: Readonly<Record<string, string>> = {},
): Reply {
  return {
    ...{ kind: 'page', view: 'household-reason', title: 'Fiche d’un ménage' },
    status: Object.keys(faults).length > 0 ? 422 : 200,
    values: {
      ...{ id, faults },
      typed: { precision: query['precision'], ...form },
      reasons: reasonChoices(form['motif'] ?? query['motif']),
    },
  };
}

/** `motif=complaint&precision=12345678&entier=1`: kept, then shown. */
async function open(visit: StaffedVisit): Promise<Reply> {
  const { house, staff, form } = visit;
  const { member } = staff;
  const { db, clock } = house;
  const householdId = await seenHousehold(visit);
  if (householdId === undefined) return { kind: 'notFound' };
  const given = readReason(form);
  if (given.kind === 'faults')
    return reasonForm(visit, householdId, given.faults);
  const mayReveal = holds(member, 'households.reveal');
  const isRevealed = mayReveal && form['entier'] === '1';
  const card = await inTransaction(db, async (tx) => {
    await noteHouseholdView({ tx, clock }, member, {
      ...{ householdId, reason: given.reason, because: given.because },
    });
    if (isRevealed)
      await recordAudit(tx, {
        ...{ actor: `officer:${member.id}`, action: 'household.revealed' },
        subject: `household:${householdId}`,
      });
    return readHouseholdCard(tx, householdId, isRevealed);
  });
  if (card === undefined) return { kind: 'notFound' };
  const names = await unitNames(db, [card.communeCode]);
  return {
    ...{ kind: 'page', view: 'household', title: 'Fiche d’un ménage' },
    values: {
      card: shownHousehold(card, names),
      ...{ isRevealed, mayReveal, typed: form },
      payments: (await paymentProofs(db, { householdId, paymentId: null })).map(
        shownProof,
      ),
      requests: holds(member, 'complaints.see')
        ? (
            await householdRequests(
              db,
              await officerOf(db, member),
              householdId,
            )
          ).map(shownRequest)
        : [],
    },
  };
}

/** The household of the address, when it lies in the territory of whoever asks. */
async function seenHousehold({
  house,
  staff,
  params,
}: StaffedVisit): Promise<number | undefined> {
  const id = readNumber(params['id']);
  if (id === undefined) return undefined;
  const home = await house.db.prisma.household.findUnique({
    where: { id },
    select: { communeCode: true },
  });
  if (home === null) return undefined;
  const placeOf = await placesOfCommunes(house.db, [home.communeCode]);
  return may(staff.member, access, placeOf(home.communeCode)) ? id : undefined;
}
