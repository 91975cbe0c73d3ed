import { changePassword, endOwnSessions } from '../staff/own-account';
import { needsSecondFactor } from '../staff/permissions';
import { roleOf } from '../staff/roles';
import { renewRecoveryCodes } from '../staff/second-factor';
import { openSessions } from '../staff/staff-sessions';
import { unitNames } from '../staff/unit-names';
import { waitWords } from './next-page';
import { saying } from './notices';
import { readNumber } from './read-fields';
import { forStaff, type Reply, type Route, type StaffedVisit } from './route';
import { reachWords } from './told-account';

const access = 'account.own';

/** One's own account: password, sessions, recovery codes. */
export const ownAccountPages: readonly Route[] = [
  forStaff('get', '/compte', access, (visit) => show(visit)),
  forStaff('post', '/compte/mot-de-passe', access, takePassword),
  forStaff('post', '/compte/codes', access, makeCodes),
  forStaff('post', '/compte/sessions/autres/fermer', access, endOthers),
  forStaff('post', '/compte/sessions/:id/fermer', access, endOne),
];

/** `actuel=…&nouveau=…` */
async function takePassword(visit: StaffedVisit): Promise<Reply> {
  const { house, address, staff, form } = visit;
  const current = form['actuel'] ?? '';
  const chosen = form['nouveau'] ?? '';
  const change = { current, chosen, address };
  const changed = await changePassword(house.staff, staff, change);
  if (changed.kind === 'done')
    return {
      kind: 'goTo',
      path: saying('/console/compte', 'mot-de-passe'),
      token: changed.token,
    };
  if (changed.kind === 'fault') return show(visit, { nouveau: changed.fault });
  return show(visit, {
    actuel:
      changed.kind === 'wait'
        ? `Trop d’essais. Réessayez dans ${waitWords(changed.seconds)}.`
        : 'Ce n’est pas votre mot de passe actuel.',
  });
}

async function makeCodes({ house, staff }: StaffedVisit): Promise<Reply> {
  if (!staff.member.hasSecondFactor)
    return { kind: 'goTo', path: '/console/compte' };
  return {
    ...{ kind: 'page', view: 'recovery-codes', title: 'Codes de secours' },
    values: {
      codes: await renewRecoveryCodes(house.staff, staff),
      next: '/console/compte',
    },
  };
}

async function endOthers({ house, staff }: StaffedVisit): Promise<Reply> {
  await endOwnSessions(house.staff, staff, 'others');
  return { kind: 'goTo', path: saying('/console/compte', 'sessions') };
}

async function endOne({ house, staff, params }: StaffedVisit): Promise<Reply> {
  const sessionId = readNumber(params['id']);
  if (sessionId === undefined) return { kind: 'notFound' };
  const ended = await endOwnSessions(house.staff, staff, { sessionId });
  if (ended === 0) return { kind: 'notFound' };
  return { kind: 'goTo', path: saying('/console/compte', 'sessions') };
}

async function show(
  { house, staff }: StaffedVisit,
  faults: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  const { member, sessionId } = staff;
  const sessions = await openSessions(house.staff, member.id);
  const names = await unitNames(house.db, [member.territory?.code]);
  return {
    ...{ kind: 'page', view: 'own-account', title: 'Mon compte' },
    status: Object.keys(faults).length > 0 ? 422 : 200,
    values: {
      ...{ faults, reach: reachWords(member, names) },
      role: roleOf(member.role).title,
      asksCode: needsSecondFactor(member.role) || member.hasSecondFactor,
      sessions: sessions.map((one) => ({
        ...one,
        isThis: one.id === sessionId,
      })),
    },
  };
}
