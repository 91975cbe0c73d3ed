import {
  type Change,
  type Changed,
  changePost,
  clearSecondFactor,
  disableAccount,
  enableAccount,
  endAllSessions,
  makeAccountLink,
  memberOf,
} from '../staff/change-account';
import { linkLife, linkPath } from '../staff/one-time-link';
import { holds } from '../staff/permissions';
import { roleOf } from '../staff/roles';
import type { StaffDesk } from '../staff/staff-desk';
import { openSessions } from '../staff/staff-sessions';
import { unitNames } from '../staff/unit-names';
import { roleChoices } from './accounts.pages';
import { type Notice, saying } from './notices';
import { readNumber } from './read-fields';
import { forStaff, type Reply, type Route, type StaffedVisit } from './route';
import { reachWords, stateWords } from './told-account';

const access = 'accounts.change';

/** One account, and what an administrator does to it: one form an act. */
export const accountPages: readonly Route[] = [
  forStaff('get', '/comptes/:id', 'accounts.see', (visit) => show(visit)),
  forStaff('post', '/comptes/:id/poste', access, takePost),
  forStaff('post', '/comptes/:id/lien', access, makeLink),
  acting('fermer', disableAccount, 'ferme'),
  acting('rouvrir', enableAccount, 'rouvert'),
  acting('second-facteur/retirer', clearSecondFactor, 'facteur'),
  acting('sessions/fermer', endAllSessions, 'sessions'),
];

/** A form without fields: does one thing to the account and says so. */
function acting(
  verb: string,
  act: (desk: StaffDesk, change: Change) => Promise<Changed>,
  notice: Notice,
): Route {
  return forStaff('post', `/comptes/:id/${verb}`, access, (visit) =>
    changing(visit, async (change) => {
      const { kind } = await act(visit.house.staff, change);
      if (kind !== 'done') return { kind: 'notFound' };
      return { kind: 'goTo', path: saying(pathOf(change), notice) };
    }),
  );
}

/** `role=cercleOfficer&territoire=Kita&agence=` */
function takePost(visit: StaffedVisit): Promise<Reply> {
  return changing(visit, async (change) => {
    const {
      role = '',
      territoire: territory = '',
      agence: provider = '',
    } = visit.form;
    const draft = { role, territory, provider };
    const changed = await changePost(visit.house.staff, change, draft);
    if (changed.kind === 'faults') {
      const { faults } = changed;
      return show(visit, {
        ...(faults.role && { role: faults.role }),
        ...(faults.territory && { territoire: faults.territory }),
        ...(faults.provider && { agence: faults.provider }),
      });
    }
    if (changed.kind !== 'done') return { kind: 'notFound' };
    return { kind: 'goTo', path: saying(pathOf(change), 'poste') };
  });
}

function makeLink(visit: StaffedVisit): Promise<Reply> {
  return changing(visit, async (change) => {
    const made = await makeAccountLink(visit.house.staff, change);
    if (made.kind === 'notFound') return { kind: 'notFound' };
    return {
      ...{ kind: 'page', view: 'link-made', title: 'Lien à usage unique' },
      values: {
        link: `${visit.origin}${linkPath(made.linkToken)}`,
        ...{ life: linkLife[made.linkKind], back: pathOf(change) },
      },
    };
  });
}

async function changing(
  { params, staff }: StaffedVisit,
  work: (change: Change) => Promise<Reply>,
): Promise<Reply> {
  const accountId = readNumber(params['id']);
  if (accountId === undefined) return { kind: 'notFound' };
  return work({ actor: `officer:${staff.member.id}`, accountId });
}

function pathOf({ accountId }: Change): string {
  return `/console/comptes/${accountId}`;
}

async function show(
  visit: StaffedVisit,
  faults: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  const { house, params, staff, form: typed } = visit;
  const id = readNumber(params['id']);
  const account = id && (await memberOf(house.db.prisma, id));
  if (!account) return { kind: 'notFound' };
  const names = await unitNames(house.db, [account.territory?.code]);
  const territory = account.territory?.code ?? '';
  return {
    ...{ kind: 'page', view: 'account', title: account.fullName },
    status: Object.keys(faults).length > 0 ? 422 : 200,
    values: {
      ...{
        account,
        faults,
        at: pathOf({ actor: '', accountId: account.id }),
      },
      role: roleOf(account.role).title,
      reach: reachWords(account, names),
      told: stateWords[account.state],
      mayChange: holds(staff.member, 'accounts.change'),
      isOwn: account.id === staff.member.id,
      roles: roleChoices(typed['role'] ?? account.role),
      territory: typed['territoire'] ?? names.get(territory) ?? territory,
      provider: typed['agence'] ?? account.providerCode ?? '',
      sessions: await openSessions(house.staff, account.id),
    },
  };
}
