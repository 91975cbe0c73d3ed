import { holds } from '../staff/permissions';
import type { StaffVisit } from '../staff/staff-sessions';
import type { Access } from './route';

/** Whether somebody may come where this access is asked, or where she has to go first. */
export type Admission =
  | { kind: 'in' }
  | { kind: 'forbidden' }
  /** For this visitor there is no such page, as there is none at an address that nobody made. */
  | { kind: 'hidden' }
  | { kind: 'goTo'; path: string };

/** What opens pages of which nobody else may see that they exist. */
const hiding: ReadonlySet<Access> = new Set(['sealed.open']);

/** One access a route, decided in one place. What a page acts upon is asked of `may`, with its place. */
export function admit(
  access: Access,
  staff: StaffVisit | undefined,
): Admission {
  if (access === 'anybody') return { kind: 'in' };
  if (hiding.has(access) && !isFullyIn(access, staff))
    return { kind: 'hidden' };
  if (staff === undefined) return { kind: 'goTo', path: '/console/connexion' };
  const { stage, member } = staff;
  if (access === 'passwordGiven')
    return stage === 'password'
      ? { kind: 'in' }
      : { kind: 'goTo', path: '/console' };
  if (stage === 'password')
    return { kind: 'goTo', path: secondFactorPath(member) };
  return holds(member, access) ? { kind: 'in' } : { kind: 'forbidden' };
}

function isFullyIn(access: Access, staff: StaffVisit | undefined): boolean {
  return (
    staff?.stage === 'full' &&
    access !== 'anybody' &&
    access !== 'passwordGiven' &&
    holds(staff.member, access)
  );
}

/** Where somebody goes whose password was right. */
export function secondFactorPath({
  hasSecondFactor,
}: StaffVisit['member']): string {
  return hasSecondFactor
    ? '/console/second-facteur'
    : '/console/second-facteur/activer';
}
