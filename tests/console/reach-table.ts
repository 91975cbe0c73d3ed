import { type Role, roleNames, roleOf } from '../../src/staff/roles';

/** Where a request lies from an account, and whom it is about. */
export const standings = {
  inside: 'in its territory',
  outside: 'out of its territory',
  ownLevel: 'about its level',
  itself: 'about itself',
} as const;

export type Standing = keyof typeof standings;

/** The nation's offices keep what is about the nation: there is nobody above. */
const national: readonly Role[] = [
  'stm',
  'rrsu',
  'rrpsa',
  'safeguards',
  'internalAudit',
];

/**
 * Whether a request exists for an account, told apart from the code that decides it: undefined where there is no such
 * request, for the whole country has no outside.
 */
export function exists(role: Role, standing: Standing): boolean | undefined {
  if (!(roleOf(role).may as readonly string[]).includes('complaints.see'))
    return false;
  const isNational = national.includes(role);
  switch (standing) {
    case 'inside':
      return true;
    case 'outside':
      return isNational ? undefined : false;
    case 'ownLevel':
      return isNational;
    case 'itself':
      return false;
  }
}

/** Every role with what it finds, as docs/permissions.md has it. */
export function reachRows(): string[][] {
  return roleNames.map((role) => [
    `\`${role}\``,
    ...Object.keys(standings).map((standing) => {
      // The table's own keys.
      const is = exists(role, standing as Standing);
      return is === undefined ? '-' : is ? 'x' : '';
    }),
  ]);
}
