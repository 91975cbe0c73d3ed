import { daysBetween, type IsoDay } from '../text/dates';
import { atRiskDays } from './inbox-views';
import { isOpen, type ComplaintStatus } from './lifecycle';

/** How the delay of a complaint stands. */
export type ClockState =
  | { kind: 'closed' }
  /** It does not run while the complainant is waited for. */
  | { kind: 'stopped' }
  | { kind: 'late' | 'atRisk' | 'onTime'; days: number };

/** How the delay stands on a day; `days` are those left, or those that are too many. */
export function clockState(
  { status, dueOn }: { status: ComplaintStatus; dueOn: IsoDay | null },
  today: IsoDay,
): ClockState {
  if (!isOpen(status) || dueOn === null) return { kind: 'closed' };
  if (status === 'WAITING_COMPLAINANT') return { kind: 'stopped' };
  const left = daysBetween(today, dueOn);
  if (left < 0) return { kind: 'late', days: -left };
  return { kind: left <= atRiskDays ? 'atRisk' : 'onTime', days: left };
}
