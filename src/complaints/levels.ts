import type { Role } from '../staff/roles';
import type { CategoryCode, Level } from './categories';

/** From the village to the nation; their codes sort as they stand. */
export const levels = [
  'N1',
  'N2',
  'N3',
  'N4',
  'N5',
] as const satisfies readonly Level[];

/** What staff read of each level. */
export const levelTitles: Readonly<Record<Level, string>> = {
  N1: 'Village',
  N2: 'Commune',
  N3: 'Cercle',
  N4: 'Région',
  N5: 'National',
};

/** The level above; the nation has none and stays. */
export const above: Readonly<Record<Level, Level>> = {
  N1: 'N2',
  N2: 'N3',
  N3: 'N4',
  N4: 'N5',
  N5: 'N5',
};

/** Where a role works, and which kinds of complaint are its business. */
interface Desk {
  level: Level;
  handles: 'all' | readonly CategoryCode[];
}

/** Every role that reads complaints. Source: the programme's grievance brief, bodies and roles. */
const desks: Readonly<Partial<Record<Role, Desk>>> = {
  communeOfficer: { level: 'N2', handles: 'all' },
  cercleOfficer: { level: 'N3', handles: 'all' },
  regionOfficer: { level: 'N4', handles: 'all' },
  stm: { level: 'N5', handles: ['C1', 'C2', 'C3', 'C6', 'C10'] },
  rrsu: { level: 'N5', handles: ['C1', 'C3', 'C4', 'C10'] },
  rrpsa: { level: 'N5', handles: ['C1', 'C5', 'C8', 'C10'] },
  safeguards: { level: 'N5', handles: 'all' },
  internalAudit: { level: 'N5', handles: 'all' },
};

/** The desk of a role; undefined where it has nothing to do with complaints. */
export function deskOf(role: Role): Desk | undefined {
  return desks[role];
}
