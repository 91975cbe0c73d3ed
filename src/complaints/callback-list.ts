import { boundValues } from '../runtime/bound-values';
import type { Database } from '../runtime/database';
import type { IsoDay } from '../text/dates';
import { calledBy } from './mark-callback';
import type { Officer } from './visibility';

/** Somebody who waits for a call. */
export interface WaitingCall {
  id: number;
  msisdn: string;
  slot: 'morning' | 'midday' | 'evening';
  locale: string;
  prefersWoman: boolean | null;
  spokenCode: string;
  requestedAt: Date;
  callOn: IsoDay;
  tries: number;
}

/** Where a page of the list ends. */
export interface CallMark {
  day: IsoDay;
  /** Place of the time of day: 1 in the morning, 2 at midday, 3 in the evening. */
  hour: number;
  id: number;
}

const hour = `array_position(array['morning', 'midday', 'evening'], b.slot)`;

/** Lines of one page. */
const onAPage = 50;

/**
 * Who waits for a call, those promised first above, and of a day in the order of its hours. A call has no place but that of the household whose phone it is;
 * a number without one is the nation's.
 */
export async function waitingCalls(
  { pool }: Pick<Database, 'pool'>,
  officer: Officer,
  after?: CallMark,
): Promise<{ calls: WaitingCall[]; next: CallMark | undefined }> {
  const { bind, include, values } = boundValues();
  const { rows } = await pool.query<WaitingCall & { hour: number }>(
    `select ${hour} as hour, b.id, b.msisdn, b.slot, b.locale, b.prefers_woman as "prefersWoman",
      b.spoken_code as "spokenCode", b.requested_at as "requestedAt", b.call_on as "callOn", b.tries
     from callbacks b
     where b.closed_at is null
       ${after ? `and b.call_on >= ${bind(after.day)}::date and (b.call_on, ${hour}, b.id) > (${bind(after.day)}::date, ${bind(after.hour)}, ${bind(after.id)})` : ''}
       and ${include((from) => calledBy(officer, from))}
     order by b.call_on, ${hour}, b.id limit ${onAPage + 1}`,
    values,
  );
  const calls = rows.slice(0, onAPage);
  const last = calls.at(-1);
  return {
    calls,
    next:
      rows.length > onAPage && last
        ? { day: last.callOn, hour: last.hour, id: last.id }
        : undefined,
  };
}

/** How many wait for a call by a day. */
export async function countWaitingCalls(
  { pool }: Pick<Database, 'pool'>,
  officer: Officer,
  by: IsoDay,
): Promise<number> {
  const { bind, include, values } = boundValues();
  const { rows } = await pool.query<{ count: number }>(
    `select count(*)::int as count from callbacks b where b.closed_at is null and b.call_on <= ${bind(by)}::date
       and ${include((from) => calledBy(officer, from))}`,
    values,
  );
  return rows[0]?.count ?? 0;
}
