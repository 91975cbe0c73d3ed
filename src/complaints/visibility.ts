import { holds } from '../staff/permissions';
import type { Permission, Role } from '../staff/roles';
import { categories, type CategoryCode, type Level } from './categories';
import { deskOf } from './levels';

/** Somebody of the staff, as far as it decides which complaints exist for her. */
export interface Officer {
  readonly id: number;
  readonly role: Role;
  readonly state: 'invited' | 'active' | 'disabled';
  /** The communes of her territory, or the whole country. */
  readonly communes: 'country' | readonly string[];
}

/** Of a complaint, what decides who may see it and act on it. */
export interface GuardedComplaint {
  category: string;
  level: string;
  entryLevel: string;
  communeCode: string | null;
  assignedTo: number | null;
  namedLevel: string | null;
  namedAccountId: number | null;
  barred: readonly number[];
}

/** What an officer's role lets her see: her level, and the categories that are her business and not hidden from it. */
export function ground({ role }: Pick<Officer, 'role'>): {
  level: Level;
  categories: readonly CategoryCode[];
} {
  const desk = deskOf(role);
  if (desk === undefined) return { level: 'N1', categories: [] };
  const { level, handles } = desk;
  return {
    level,
    categories: Object.values(categories)
      .filter(({ hiddenFrom }) => !hiddenFrom.includes(level))
      .map(({ code }) => code)
      .filter((code) => handles === 'all' || handles.includes(code)),
  };
}

/**
 * Whether a complaint exists for an officer: of her territory, her categories, her level or one that it went up from,
 * and not about her or her level. Without a place it is the nation's. The sealed line has no complaints at all.
 */
export function maySee(officer: Officer, complaint: GuardedComplaint): boolean {
  const { level, categories: known } = ground(officer);
  const { communeCode: commune, namedLevel } = complaint;
  return (
    holds(officer, 'complaints.see') &&
    // The column holds any text; C9 is on no list.
    known.some((code) => code === complaint.category) &&
    (officer.communes === 'country' ||
      (commune !== null && officer.communes.includes(commune))) &&
    (namedLevel !== level || level === 'N5') &&
    complaint.namedAccountId !== officer.id &&
    (complaint.entryLevel <= level || complaint.assignedTo === officer.id)
  );
}

/**
 * Whether an officer may do this to it: it is with her level or below, or was given to her; and no decision of hers
 * was appealed.
 */
export function mayAct(
  officer: Officer,
  permission: Permission,
  complaint: GuardedComplaint,
): boolean {
  return (
    mayApprove(officer, permission, complaint) &&
    (complaint.level <= ground(officer).level ||
      complaint.assignedTo === officer.id)
  );
}

/** Whether an officer may be the second person: whoever sees it, at whatever level, but for those who were appealed. */
export function mayApprove(
  officer: Officer,
  permission: Permission,
  complaint: GuardedComplaint,
): boolean {
  return (
    maySee(officer, complaint) &&
    holds(officer, permission) &&
    !complaint.barred.includes(officer.id)
  );
}

/** A condition over `complaints c`, and its values. */
export interface Condition {
  sql: string;
  values: readonly unknown[];
}

/**
 * `maySee` as SQL over `complaints c`.
 * @param from number of its first placeholder: `$3` for 3
 */
export function seenBy(officer: Officer, from = 1): Condition {
  const { level, categories: known } = ground(officer);
  if (!holds(officer, 'complaints.see')) return { sql: 'false', values: [] };
  const at = (offset: number): string => `$${from + offset}`;
  const inCountry = officer.communes === 'country';
  return {
    sql: [
      `c.category = any(${at(0)}::text[])`,
      ...(inCountry ? [] : [`c.commune_code = any(${at(3)}::text[])`]),
      ...(level === 'N5'
        ? []
        : [`c.named_level is distinct from ${at(1)}::text`]),
      `c.named_account_id is distinct from ${at(2)}::integer`,
      `(c.entry_level <= ${at(1)}::text or c.assigned_to = ${at(2)}::integer)`,
    ].join(' and '),
    values: [
      ...[known, level, officer.id],
      ...(inCountry ? [] : [officer.communes]),
    ],
  };
}

/** `mayAct` as SQL over `complaints c`. @param from as for `seenBy` */
export function actedOnBy(
  officer: Officer,
  permission: Permission,
  from = 1,
): Condition {
  if (!holds(officer, permission)) return { sql: 'false', values: [] };
  const seen = seenBy(officer, from);
  if (seen.values.length === 0) return seen;
  const level = `$${from + 1}::text`;
  const own = `$${from + 2}::integer`;
  return {
    sql: `${seen.sql} and (c.level <= ${level} or c.assigned_to = ${own}) and ${own} <> all(c.barred)`,
    values: seen.values,
  };
}
