import type { IsoDay } from '../text/dates';
import type { PaymentRow } from './queries';

/** Where today stands to a payment, and the window that holds now. */
export interface Standing {
  state: 'coming' | 'open' | 'past' | 'postponed' | 'cancelled';
  from?: IsoDay;
  to?: IsoDay;
}

function within(from: IsoDay, to: IsoDay, today: IsoDay): Standing {
  if (today < from) {
    return { state: 'coming', from, to };
  }
  return { state: today <= to ? 'open' : 'past', from, to };
}

/** The days that hold, as src/register/wave-window.ts asks for them in SQL; undefined: put off to no known day. */
function daysOf(row: PaymentRow): { from: IsoDay; to: IsoDay } | undefined {
  if (row.newWindowStart !== null && row.newWindowEnd !== null)
    return { from: row.newWindowStart, to: row.newWindowEnd };
  return row.waveStatus === 'postponed'
    ? undefined
    : { from: row.windowStart, to: row.windowEnd };
}

function windowOf(row: PaymentRow, today: IsoDay): Standing {
  if (row.waveStatus === 'cancelled') return { state: 'cancelled' };
  const days = daysOf(row);
  if (days === undefined) return { state: 'postponed' };
  if (row.waveStatus === 'closed') return { state: 'past', ...days };
  const standing = within(days.from, days.to, today);
  return row.waveStatus === 'postponed' && standing.state === 'coming'
    ? { ...standing, state: 'postponed' }
    : standing;
}

/** Reads a wave's status and windows against a day; what the provider has paid is past. */
export function standingOf(row: PaymentRow, today: IsoDay): Standing {
  const standing = windowOf(row, today);
  return standing.state === 'open' && row.result === 'paid'
    ? { ...standing, state: 'past' }
    : standing;
}
