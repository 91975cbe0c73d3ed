import { type Permission, permissions, type Role, roleOf } from './roles';

/** Whose territory something is: the units it lies in, and the payment agency that it belongs to. */
export interface Place {
  readonly region?: string | undefined;
  readonly cercle?: string | undefined;
  readonly commune?: string | undefined;
  readonly provider?: string | undefined;
}

/** One unit of the territory that an account is tied to. */
export interface Territory {
  readonly level: 'region' | 'cercle' | 'commune';
  readonly code: string;
}

/** Of an account, what decides what it may do. */
export interface Acting {
  readonly role: Role;
  readonly state: 'invited' | 'active' | 'disabled';
  /** Undefined: the whole country, for roles that reach so far. */
  readonly territory: Territory | undefined;
  /** The provider whose lists a payment agency sees. */
  readonly providerCode: string | undefined;
}

/** Whether the account may do this somewhere; what it may do it to is asked of `may`. */
export function holds(
  account: Pick<Acting, 'role' | 'state'>,
  permission: Permission,
): boolean {
  return (
    account.state === 'active' && permissionsOf(account.role).has(permission)
  );
}

/** Whether the account may do this there. Without a place only the national level may. */
export function may(
  account: Acting,
  permission: Permission,
  place: Place,
): boolean {
  return holds(account, permission) && covers(account, place);
}

/** Every permission of a role; one's own account is everybody's. */
export function permissionsOf(role: Role): ReadonlySet<Permission> {
  return new Set<Permission>(['account.own', ...roleOf(role).may]);
}

/** Whether a role sees persons, or what they depend on: then a password alone does not open. */
export function needsSecondFactor(role: Role): boolean {
  return [...permissionsOf(role)].some(
    (permission) => 'personal' in permissions[permission],
  );
}

function covers(
  { role, territory, providerCode }: Acting,
  place: Place,
): boolean {
  const { reach } = roleOf(role);
  if (reach.includes('agency'))
    return providerCode !== undefined && place.provider === providerCode;
  if (territory === undefined) return reach.includes('country');
  return (
    reach.includes(territory.level) && place[territory.level] === territory.code
  );
}
