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

/** Reads a wave's status and windows against a day. */
export function standingOf(row: PaymentRow, today: IsoDay): Standing {
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
    default: {
      const window = within(row.windowStart, row.windowEnd, today);
      // The provider has paid: there is nothing left to come and collect.
      return window.state === 'open' && row.result === 'paid'
        ? { ...window, state: 'past' }
        : window;
    }
  }
}
