import {
  type Bind,
  type BoundValues,
  boundValues,
} from '../runtime/bound-values';
import type { Database } from '../runtime/database';
import { inTerritory } from '../staff/in-territory';
import { holds, type Territory } from '../staff/permissions';
import { addDays, type IsoDay } from '../text/dates';
import type { CategoryCode, Level } from './categories';
import { atRiskDays, type InboxView } from './inbox-views';
import type { ComplaintStatus } from './lifecycle';
import { seenBy, type Officer } from './visibility';

/** Which complaints of an inbox are wanted. */
export interface InboxFilter {
  view: InboxView;
  category?: CategoryCode | undefined;
  status?: ComplaintStatus | undefined;
  level?: Level | undefined;
  place?: Territory | undefined;
  householdId?: number | undefined;
  /** Those that name the person of an alert. */
  alertId?: number | undefined;
  /** Those about a payment of this wave. */
  waveId?: number | undefined;
}

/** Where a page of an inbox ends: the day it is sorted by, and the reference. */
export interface InboxMark {
  day: IsoDay;
  reference: string;
}

/** One line of an inbox. */
export interface InboxRow {
  reference: string;
  /** As it was shown: an act on it holds only while it is still so. */
  version: number;
  category: string;
  subject: string;
  status: ComplaintStatus;
  level: Level;
  commune: string | null;
  dueOn: IsoDay | null;
  filedOn: IsoDay;
  closedOn: IsoDay | null;
  assignee: string | null;
  respondBy: string;
  anonymous: boolean;
  retaliation: boolean;
}

/** One page of an inbox; `next` where there is more. */
export interface InboxPage {
  rows: InboxRow[];
  next: InboxMark | undefined;
}

/** Who asks, and on which day. */
export interface InboxReader {
  officer: Officer;
  today: IsoDay;
}

/** Lines of one page. */
export const onAPage = 25;

/** The complaints of an account by the day due, what was closed last first; a page at a time, cut in the store. */
export async function readInbox(
  { pool }: Pick<Database, 'pool'>,
  reader: InboxReader,
  filter: InboxFilter,
  after?: InboxMark,
): Promise<InboxPage> {
  const bound = boundValues();
  const { bind, values } = bound;
  const isClosed = filter.view === 'closed';
  const day = isClosed ? `(c.closed_at at time zone 'UTC')::date` : 'c.due_on';
  const beyond =
    after &&
    `${day} ${isClosed ? '<=' : '>='} ${bind(after.day)}::date
      and (${day}, c.reference) ${isClosed ? '<' : '>'} (${bind(after.day)}::date, ${bind(after.reference)})`;
  const way = isClosed ? 'desc' : 'asc';
  const { rows } = await pool.query<InboxRow>(
    `select c.reference, c.version, c.category, c.subject, c.status, c.level, c.due_on as "dueOn",
      (c.filed_at at time zone 'UTC')::date as "filedOn", (c.closed_at at time zone 'UTC')::date as "closedOn",
      c.respond_by as "respondBy", c.anonymous, c.retaliation,
      unit.name as commune, assignee.full_name as assignee
     from complaints c
     left join territory_units unit on unit.code = c.commune_code and unit.valid_to is null
     left join staff_accounts assignee on assignee.id = c.assigned_to
     where ${[...inboxConditions(bound, reader, filter), ...(beyond ? [beyond] : [])].join(' and ')}
     order by ${day} ${way}, c.reference ${way} limit ${onAPage + 1}`,
    values,
  );
  const shown = rows.slice(0, onAPage);
  const last = shown.at(-1);
  const lastDay = isClosed ? last?.closedOn : last?.dueOn;
  return {
    rows: shown,
    next:
      rows.length > onAPage && last && lastDay
        ? { day: lastDay, reference: last.reference }
        : undefined,
  };
}

/** Everything that a complaint of this cut fulfils, as conditions on `c`. */
function inboxConditions(
  { bind, include }: BoundValues,
  reader: InboxReader,
  { view, ...filter }: InboxFilter,
): string[] {
  const { category, status, level, place } = filter;
  const { householdId, alertId, waveId } = filter;
  return [
    include((from) => seenBy(reader.officer, from)),
    viewCondition(bind, reader, view),
    ...(category ? [`c.category = ${bind(category)}`] : []),
    ...(status ? [`c.status = ${bind(status)}`] : []),
    ...(level ? [`c.level = ${bind(level)}`] : []),
    ...(place ? [inTerritory(bind, place, 'c.commune_code')] : []),
    ...(householdId ? [`c.household_id = ${bind(householdId)}`] : []),
    ...(alertId
      ? [
          `c.named_key = (select named_key from complaint_alerts where id = ${bind(alertId)})`,
        ]
      : []),
    ...(waveId
      ? [
          `exists (select from payments pay where pay.id = c.payment_id and pay.wave_id = ${bind(waveId)})`,
        ]
      : []),
  ];
}

/** What a view holds. */
export function viewCondition(
  bind: Bind,
  { officer, today }: InboxReader,
  view: InboxView,
): string {
  if (view === 'closed') return `c.closed_at is not null`;
  const open = `c.closed_at is null`;
  const running = `c.status <> 'WAITING_COMPLAINANT'`;
  switch (view) {
    case 'open':
      return open;
    case 'mine':
      return `${open} and c.assigned_to = ${bind(officer.id)}`;
    case 'unassigned':
      return `${open} and c.assigned_to is null`;
    case 'late':
      return `${open} and ${running} and c.due_on < ${bind(today)}::date`;
    case 'atRisk':
      return `${open} and ${running} and c.due_on >= ${bind(today)}::date
        and c.due_on <= ${bind(addDays(today, atRiskDays))}::date`;
    case 'calls':
      return `${open} and c.respond_by = 'call'`;
    case 'approvals':
      return holds(officer, 'complaints.approve')
        ? `${open} and ${toApprove(bind(officer.id))}`
        : 'false';
  }
}

/** As `mayApprove`, of what is seen. Who was appealed is read apart, of the few that wait: the index over what is open does not hold it. */
function toApprove(own: string): string {
  return `c.pending_kind is not null and c.pending_by <> ${own} and not exists (
    select from complaints appealed where appealed.id = c.id and ${own} = any(appealed.barred))`;
}
