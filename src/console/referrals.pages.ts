import { officerOf } from '../complaints/officer';
import {
  addBody,
  bodyKinds,
  type BodyKind,
  checkBody,
  keptRegion,
} from '../complaints/referral-bodies';
import { unitsBelow } from '../staff/units-below';
import { addDays } from '../text/dates';
import { choices } from './inbox-choices';
import { type Notice, saying } from './notices';
import { offeredBodies, type OfferedBody } from './offered-bodies';
import { readNumber } from './read-fields';
import { forStaff, type Reply, type Route, type StaffedVisit } from './route';

const path = '/console/orientation';
const access = 'referrals.keep';

/** Where somebody may be sent, region by region, and when each was last found to be there. */
export const referralPages: readonly Route[] = [
  forStaff('get', '/orientation', 'complaints.see', (visit) => show(visit)),
  forStaff('post', '/orientation', access, add),
  forStaff('post', '/orientation/:id/verifier', access, (visit) =>
    check(visit, true, 'serviceVerifie'),
  ),
  forStaff('post', '/orientation/:id/retirer', access, (visit) =>
    check(visit, false, 'serviceRetire'),
  ),
];

/** After so many days a body has to be looked after again. */
const freshDays = 180;

async function show(
  visit: StaffedVisit,
  faults: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  const { house, staff, form: typed } = visit;
  const bodies = await offeredBodies(house.db);
  const kept = await keptRegion(
    house.db,
    await officerOf(house.db, staff.member),
  );
  const units = await unitsBelow(house.db, undefined);
  const regions = units.filter(
    ({ level, code }) =>
      level === 'region' && (kept === 'country' || code === kept?.region),
  );
  return {
    ...{ kind: 'page', view: 'referrals', title: 'Vers qui orienter' },
    status: Object.keys(faults).length > 0 ? 422 : 200,
    values: {
      ...{ faults, typed },
      groups: grouped(bodies, house.clock.today(), kept),
      mayAdd: kept !== undefined,
      kinds: choices(
        Object.entries(bodyKinds),
        ...([typed['genre'], 'Choisissez un genre'] as const),
      ),
      regions: choices(
        regions.map(({ code, name }) => [code, name]),
        typed['region'],
        kept === 'country' ? 'Tout le pays' : 'Choisissez la région',
      ),
    },
  };
}

function grouped(
  bodies: readonly OfferedBody[],
  today: string,
  kept: Awaited<ReturnType<typeof keptRegion>>,
) {
  const oldest = new Date(addDays(today, -freshDays));
  const groups = new Map<string, object[]>();
  for (const body of bodies) {
    const name = body.region ?? 'Tout le pays';
    const { kind, lastCheckedOn, regionCode } = body;
    const shown = {
      ...body,
      // The column's CHECK holds the same list.
      kindText: bodyKinds[kind as BodyKind],
      mayChange:
        kept !== undefined &&
        (kept === 'country' || kept.region === regionCode),
      isOld: lastCheckedOn === null || lastCheckedOn < oldest,
    };
    groups.set(name, [...(groups.get(name) ?? []), shown]);
  }
  return Array.from(groups, ([name, its]) => ({ name, bodies: its }));
}

/** `nom=…&genre=health&region=R-kayes&contact=…` */
async function add(visit: StaffedVisit): Promise<Reply> {
  const { house, staff, form } = visit;
  const name = (form['nom'] ?? '').trim();
  const contact = (form['contact'] ?? '').trim();
  const kind = Object.keys(bodyKinds).find((one) => one === form['genre']);
  const regionCode = form['region'] ?? '';
  const faults = {
    ...(isShort(name, 120)
      ? {}
      : { nom: 'Écrivez le nom, 120 lettres au plus.' }),
    ...(kind === undefined && { genre: 'Choisissez un genre.' }),
    ...(isShort(contact, 200)
      ? {}
      : { contact: 'Dites comment le joindre, 200 lettres au plus.' }),
  };
  if (Object.keys(faults).length > 0) return show(visit, faults);
  const officer = await officerOf(house.db, staff.member);
  const draft = {
    // Just found among the table's own words.
    ...{ kind: kind as BodyKind, name, contact },
    ...(regionCode !== '' && { regionCode }),
  };
  const added = await addBody(house, officer, draft);
  if (added.kind === 'added')
    return { kind: 'goTo', path: saying(path, 'serviceAjoute') };
  return show(visit, notAdded[added.kind]);
}

const notAdded = {
  forbidden: { region: 'Choisissez votre région.' },
  noSuchRegion: { region: 'Choisissez une région de la liste.' },
  known: { nom: 'Ce service est déjà dans l’annuaire de cette région.' },
} as const;

async function check(
  { house, staff, params }: StaffedVisit,
  isThere: boolean,
  notice: Notice,
): Promise<Reply> {
  const bodyId = readNumber(params['id']);
  if (bodyId === undefined) return { kind: 'notFound' };
  const officer = await officerOf(house.db, staff.member);
  return (await checkBody(house, officer, { bodyId, isThere }))
    ? { kind: 'goTo', path: saying(path, notice) }
    : { kind: 'notFound' };
}

function isShort(text: string, most: number): boolean {
  return text.length >= 1 && text.length <= most;
}
