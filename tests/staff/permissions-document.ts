import { routes } from '../../src/console/routes';
import { needsSecondFactor, permissionsOf } from '../../src/staff/permissions';
import {
  type Permission,
  permissions,
  type Reach,
  roleNames,
  roleOf,
} from '../../src/staff/roles';
import { reachRows, standings } from '../console/reach-table';

const reachWords: Readonly<Record<Reach, string>> = {
  country: 'tout le pays',
  region: 'une région',
  cercle: 'un cercle',
  commune: 'une commune',
  agency: 'ses propres listes',
};

/** Each of a table's rows, a cell after the other. */
function table(rows: readonly (readonly string[])[]): string {
  const [head = [], ...body] = rows;
  const lines = [head, head.map(() => '---'), ...body];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** The text of docs/permissions.md, as src/staff/roles.ts has it. */
export function permissionsDocument(): string {
  // Object.keys of our own literal answers exactly its keys.
  const all = Object.keys(permissions) as Permission[];
  const roleRows = roleNames.map((role) => [
    `\`${role}\``,
    roleOf(role).title,
    roleOf(role)
      .reach.map((reach) => reachWords[reach])
      .join(', '),
    needsSecondFactor(role) ? 'yes' : '-',
  ]);
  const matrix = all.map((permission) => [
    `\`${permission}\``,
    permissions[permission].does,
    ...roleNames.map((role) =>
      permissionsOf(role).has(permission) ? 'x' : '',
    ),
  ]);
  return `# Who may do what

Written by \`npm run permissions\` from \`src/staff/roles.ts\`; a test fails when the two differ. Code asks for a permission, never for a role, and for the
place of what is acted upon: out of an account's territory nothing exists for it.

## Roles

A second factor is asked of every role that sees persons, or changes what they depend on.

${table([['role', 'in French', 'territory', 'second factor'], ...roleRows])}

## Permissions

${table([
  ['permission', 'lets', ...roleNames.map((role) => `\`${role}\``)],
  ...matrix,
])}

## Requests

Which request exists for an account: x it does, empty it does not, - there is none such. \`tests/console/reach.test.ts\` tries every page and act of a request in
each of these standings as every role.

${table([['role', ...Object.values(standings)], ...reachRows()])}

## Pages and acts

Every address below \`/console\` and the one permission that it asks for; \`tests/console/guarded-routes.test.ts\` tries each as every role.

${table([
  ['address', 'asks for'],
  ...routes.map(({ method, path, access }) => [
    `\`${method === 'get' ? 'GET' : 'POST'} ${path}\``,
    Object.hasOwn(permissions, access)
      ? `\`${access}\``
      : access === 'anybody'
        ? 'nothing'
        : 'a password, before the second factor',
  ]),
])}
`;
}
