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

function windowOf(row: PaymentRow, today: IsoDay): Standing {
  switch (row.waveStatus) {
    case 'cancelled':
      return { state: 'cancelled' };
    case 'closed':
      return {
        state: 'past',
        from: row.newWindowStart ?? row.windowStart,
        to: row.newWindowEnd ?? row.windowEnd,
      };
    case 'postponed': {
      if (row.newWindowStart === null || row.newWindowEnd === null) {
        return { state: 'postponed' };
      }
      const moved = within(row.newWindowStart, row.newWindowEnd, today);
      return moved.state === 'coming'
        ? { ...moved, state: 'postponed' }
        : moved;
    }
    default:
      return within(row.windowStart, row.windowEnd, today);
  }
}

/** Reads a wave's status and windows against a day; what the provider has paid is past. */
export function standingOf(row: PaymentRow, today: IsoDay): Standing {
  const standing = windowOf(row, today);
  return standing.state === 'open' && row.result === 'paid'
    ? { ...standing, state: 'past' }
    : standing;
}
