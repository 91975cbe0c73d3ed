import { listAccounts } from '../staff/account-list';
import { addAccount } from '../staff/add-account';
import { linkLife, linkPath } from '../staff/one-time-link';
import { holds } from '../staff/permissions';
import { roleNames, roleOf } from '../staff/roles';
import { unitNames } from '../staff/unit-names';
import { readNumber } from './read-fields';
import { forStaff, type Reply, type Route, type StaffedVisit } from './route';
import { reachWords, stateWords } from './told-account';

/** The list of accounts, and a new one. */
export const accountsPages: readonly Route[] = [
  forStaff('get', '/comptes', 'accounts.see', list),
  forStaff('get', '/comptes/nouveau', 'accounts.change', (visit) =>
    Promise.resolve(form(visit)),
  ),
  forStaff('post', '/comptes', 'accounts.change', add),
];

/** Every role, as a list to choose from; the first line is no role. */
export function roleChoices(chosen: string, first = 'Choisissez un rôle') {
  const none = { value: '', text: first };
  const all = roleNames.map((role) => ({
    value: role,
    text: roleOf(role).title,
  }));
  return [none, ...all].map((one) => ({
    ...one,
    selected: one.value === chosen,
  }));
}

async function list({ house, staff, query }: StaffedVisit): Promise<Reply> {
  const { q: search = '', role = '' } = query;
  const page = readNumber(query['page']) ?? 1;
  const found = await listAccounts(house.db, {
    search: search.slice(0, 80),
    role,
    page,
  });
  const codes = found.members.map(({ territory }) => territory?.code);
  const names = await unitNames(house.db, codes);
  return {
    ...{ kind: 'page', view: 'accounts', title: 'Comptes' },
    values: {
      ...{ ...found, search, role, roles: roleChoices(role, 'Tous les rôles') },
      mayChange: holds(staff.member, 'accounts.change'),
      rows: found.members.map((member) => ({
        ...member,
        roleTitle: roleOf(member.role).title,
        reach: reachWords(member, names),
        told: stateWords[member.state],
      })),
      before:
        found.page > 1 ? pageAddress(search, role, found.page - 1) : undefined,
      after:
        found.page < found.pages
          ? pageAddress(search, role, found.page + 1)
          : undefined,
    },
  };
}

function pageAddress(search: string, role: string, page: number): string {
  const asked = new URLSearchParams({ q: search, role, page: String(page) });
  return `/console/comptes?${asked.toString()}`;
}

/** `identifiant=f.keita&nom=Fanta Keïta&role=cercleOfficer&territoire=Kita&agence=` */
async function add(visit: StaffedVisit): Promise<Reply> {
  const { house, staff, form: typed, origin } = visit;
  const made = await addAccount(house.staff, `officer:${staff.member.id}`, {
    login: typed['identifiant'] ?? '',
    fullName: typed['nom'] ?? '',
    role: typed['role'] ?? '',
    territory: typed['territoire'] ?? '',
    provider: typed['agence'] ?? '',
  });
  if (made.kind === 'faults') {
    const { login, fullName, role, territory, provider } = made.faults;
    return form(visit, {
      ...(fullName && { nom: fullName }),
      ...(login && { identifiant: login }),
      ...(role && { role }),
      ...(territory && { territoire: territory }),
      ...(provider && { agence: provider }),
    });
  }
  return {
    ...{ kind: 'page', view: 'link-made', title: 'Compte créé' },
    values: {
      link: `${origin}${linkPath(made.linkToken)}`,
      ...{
        life: linkLife.invitation,
        back: `/console/comptes/${made.accountId}`,
      },
      isNew: true,
    },
  };
}

function form(
  { form: typed }: StaffedVisit,
  faults: Readonly<Record<string, string>> = {},
): Reply {
  return {
    ...{ kind: 'page', view: 'new-account', title: 'Nouveau compte' },
    status: Object.keys(faults).length > 0 ? 422 : 200,
    values: { faults, typed, roles: roleChoices(typed['role'] ?? '') },
  };
}
