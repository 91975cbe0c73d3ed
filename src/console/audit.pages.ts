import { withLock } from '../runtime/lock';
import { type AuditWish, listActs } from '../staff/audit-list';
import { toldVerdict } from '../staff/told-verdict';
import { verifyAudit } from '../staff/verify-audit';
import { isIsoDay } from '../text/dates';
import {
  roomWords,
  saidAction,
  saidActor,
  saidDetail,
  saidSubject,
} from './audit-words';
import { readNumber } from './read-fields';
import {
  forStaff,
  type Fields,
  type Reply,
  type Route,
  type StaffedVisit,
} from './route';

const access = 'audit.read';

/** The audit chain: who did what, and whether it is whole. */
export const auditPages: readonly Route[] = [
  forStaff('get', '/audit', access, (visit) => list(visit)),
  forStaff('post', '/audit/verifier', access, verify),
];

async function list(
  { house, query }: StaffedVisit,
  verdict?: readonly string[],
): Promise<Reply> {
  const { db } = house;
  const login = (query['qui'] ?? '').trim().slice(0, 80);
  const faults = dayFaults(query);
  const actor = login === '' ? undefined : await actorOf(house, login);
  const room = Object.hasOwn(roomWords, query['quoi'] ?? '')
    ? query['quoi']
    : undefined;
  const wish: AuditWish = {
    ...{ actor, room, before: readNumber(query['avant']) },
    ...(faults.du === undefined && { from: query['du'] || undefined }),
    ...(faults.au === undefined && { to: query['au'] || undefined }),
  };
  const { acts, hasOlder } = await listActs(db, wish);
  const names = await namesOf(
    db,
    acts.map((act) => act.actor),
  );
  const oldest = acts.at(-1)?.id;
  return {
    ...{ kind: 'page', view: 'audit', title: 'Journal d’audit' },
    status: Object.keys(faults).length > 0 ? 422 : 200,
    values: {
      ...{
        faults,
        verdict,
        login,
        from: query['du'] ?? '',
        to: query['au'] ?? '',
      },
      rooms: [['', 'Tout'], ...Object.entries(roomWords)].map(
        ([value, text]) => ({
          ...{ value, text, selected: value === (room ?? '') },
        }),
      ),
      acts: acts.map((act) => ({
        ...act,
        who: saidActor(act.actor, names),
        what: saidAction(act.action),
        subject: saidSubject(act.subject),
        details: act.details.map(([name, value]) => saidDetail(name, value)),
      })),
      older: hasOlder && oldest ? addressOf(query, String(oldest)) : undefined,
      newest: wish.before ? addressOf(query, '') : undefined,
    },
  };
}

function dayFaults(query: Fields): Partial<Record<'du' | 'au', string>> {
  const wrong = (day: string | undefined): boolean =>
    day !== undefined && day !== '' && !isIsoDay(day);
  const sentence = 'Écrivez le jour ainsi: 2026-03-12.';
  return {
    ...(wrong(query['du']) && { du: sentence }),
    ...(wrong(query['au']) && { au: sentence }),
  };
}

/** A login, or a word of the chain such as `cli`. */
async function actorOf(
  { db }: StaffedVisit['house'],
  typed: string,
): Promise<string> {
  const account = await db.prisma.staffAccount.findUnique({
    ...{ where: { login: typed.toLowerCase() }, select: { id: true } },
  });
  return account === null ? typed : `officer:${account.id}`;
}

async function namesOf(
  { prisma }: StaffedVisit['house']['db'],
  actors: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const ids = actors.flatMap((actor) => {
    const id = readNumber(/^officer:(\d+)$/.exec(actor)?.[1]);
    return id === undefined ? [] : [id];
  });
  const found = await prisma.staffAccount.findMany({
    ...{ where: { id: { in: ids } }, select: { id: true, fullName: true } },
  });
  return new Map(found.map(({ id, fullName }) => [`officer:${id}`, fullName]));
}

function addressOf(query: Fields, before: string): string {
  const { qui = '', quoi = '', du = '', au = '' } = query;
  const asked = { qui, quoi, du, au, avant: before };
  return `/console/audit?${new URLSearchParams(asked).toString()}`;
}

/** Reads the whole chain; one at a time, for it is long. */
async function verify(visit: StaffedVisit): Promise<Reply> {
  const { house } = visit;
  const done = await withLock(house.db, 'verify audit', () =>
    verifyAudit(house.db),
  );
  const told =
    done.kind === 'busy'
      ? ['Une vérification est déjà en cours. Réessayez dans une minute.']
      : toldVerdict(done.value);
  return list(visit, told);
}
