import type { Database } from '../runtime/database';

/** A rate that all senders keep together. */
export interface Rate {
  gateway: string;
  /** One network's part of it, or `all`. */
  operator: string;
  perSecond: number;
}

/** What may gather while nothing is sent: a fifth of a second's, so that no second ever sees much more than its own. */
function burstOf({ perSecond }: Rate): number {
  return Math.max(1, perSecond / 5);
}

// Seconds of the store, which all senders share. Of two that ask at once one waits for the other, and then asks
// from an earlier instant: only a store whose clock was set back counts anew from there.
const take = `update send_allowances a
  set tokens = filled.tokens - floor(least(filled.tokens, $5)),
    refilled_at = case when a.refilled_at > filled.at + interval '1 second' then filled.at
      else greatest(a.refilled_at, filled.at) end
  from (select gateway, operator, clock.at,
      least($4, tokens + greatest(0, extract(epoch from clock.at - refilled_at)) * $3) as tokens
    from send_allowances cross join (select clock_timestamp() as at) clock
    where gateway = $1 and operator = $2 for update of send_allowances) filled
  where a.gateway = filled.gateway and a.operator = filled.operator
  returning floor(least(filled.tokens, $5))::int as granted`;

const open = `insert into send_allowances (gateway, operator, tokens, refilled_at)
  values ($1, $2, $3, clock_timestamp()) on conflict do nothing`;

/** Asks for the right to send. @returns for how many messages it is given, now */
export async function takeAllowance(
  { pool }: Pick<Database, 'pool'>,
  rate: Rate,
  most: number,
): Promise<number> {
  const { gateway, operator, perSecond } = rate;
  const values = [gateway, operator, perSecond, burstOf(rate), most];
  const ask = () => pool.query<{ granted: number }>(take, values);
  let { rows } = await ask();
  if (rows[0] === undefined) {
    await pool.query(open, [gateway, operator, burstOf(rate)]);
    ({ rows } = await ask());
  }
  return rows[0]?.granted ?? 0;
}

/** Gives back what was not needed. */
export async function returnAllowance(
  { pool }: Pick<Database, 'pool'>,
  rate: Rate,
  count: number,
): Promise<void> {
  if (count <= 0) return;
  await pool.query(
    `update send_allowances set tokens = least($3, tokens + $4)
     where gateway = $1 and operator = $2`,
    [rate.gateway, rate.operator, burstOf(rate), count],
  );
}

/** Asks for the right to send under several rates at once. @returns for how many all of them give it */
export async function takeAllowances(
  db: Pick<Database, 'pool'>,
  rates: readonly Rate[],
  most: number,
): Promise<number> {
  let granted = most;
  const taken: { rate: Rate; count: number }[] = [];
  for (const rate of rates) {
    if (granted === 0) break;
    granted = await takeAllowance(db, rate, granted);
    taken.push({ rate, count: granted });
  }
  for (const { rate, count } of taken)
    await returnAllowance(db, rate, count - granted);
  return granted;
}
