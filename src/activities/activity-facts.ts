import { withoutAbsent } from '../register/disclosure';
import type { Disclose } from '../register/disclosure';
import type { IsoDay } from '../text/dates';
import type { GatheringRow, GrantRow, WorksRow } from './queries';

/** A session or a distribution, cut down to what its audience may see. */
export interface DisclosedGathering {
  id: number;
  state: 'planned' | 'postponed' | 'cancelled';
  day?: IsoDay;
  time?: string;
  place?: string;
}

/** Days worked and their pay, cut down likewise. */
export interface DisclosedWorks {
  site?: string;
  days?: number;
  dailyWageXof?: number;
  windowFrom?: IsoDay;
  windowTo?: IsoDay;
}

/** A grant, cut down likewise. */
export interface DisclosedGrant {
  status: 'selected' | 'trained' | 'paid';
  amountXof?: number;
  meetingDay?: IsoDay;
  meetingPlace?: string;
}

/** The day that holds: the new one when it was moved, none when it was moved without one; of a dropped one, the day that it had. */
export function dayOf(row: GatheringRow): IsoDay | undefined {
  switch (row.status) {
    case 'planned':
      return row.date;
    case 'postponed':
      return row.newDate ?? undefined;
    case 'cancelled':
      return row.newDate ?? row.date;
  }
}

/** Passes a session or distribution through the disclosure table. */
export function discloseGathering(
  row: GatheringRow,
  disclose: Disclose,
): DisclosedGathering {
  return withoutAbsent({
    id: row.id,
    state: row.status,
    day: disclose('gatheringDay', dayOf(row)),
    time: disclose('gatheringPlace', row.startTime),
    place: disclose('gatheringPlace', row.place),
  });
}

/** Passes days of works through the disclosure table. */
export function discloseWorks(
  row: WorksRow,
  disclose: Disclose,
): DisclosedWorks {
  return withoutAbsent({
    site: disclose('place', row.site),
    days: disclose('works', row.days),
    dailyWageXof: disclose('amount', row.dailyWageXof),
    windowFrom: disclose('window', row.windowStart),
    windowTo: disclose('window', row.windowEnd),
  });
}

/** Passes a grant through the disclosure table. */
export function discloseGrant(
  row: GrantRow,
  disclose: Disclose,
): DisclosedGrant {
  return withoutAbsent({
    status: row.status,
    amountXof: disclose('amount', row.amountXof),
    meetingDay: disclose('gatheringDay', row.meetingDate),
    meetingPlace: disclose('gatheringPlace', row.meetingPlace),
  });
}
