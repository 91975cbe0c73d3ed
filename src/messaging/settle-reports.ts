import type { SqlTx } from '../runtime/sql-transaction';
import { statesBefore } from './lifecycle';
import { noteFates, type Fate } from './note-fates';
import type { Reason } from './reasons';

/** What a report says, in our words. */
export interface NamedReport {
  gateway: string;
  providerId: string | null;
  /** Our own id, where the gateway carries it. */
  ourId: number | null;
  msisdn: string | null;
  state: 'sent' | 'delivered' | 'failed';
  reason: Reason | null;
  /** When it came. */
  at: Date;
}

/** What became of a report: its message moved, had nothing left to learn, or is not known (yet). */
export type Settled = 'settled' | 'repeated' | 'unmatched';

/** Reports of a request whose answer was never read come within so many hours of it. */
const GUESSED_HOURS = 72;

/**
 * Which message a report names: by our id, by the gateway's, or else by its number, provided that exactly one message
 * to it is without an id, and that its request is over: one still under way may yet learn its own id. Of two ids
 * that would fit one message, the first has it. Of several reports of one message the one furthest on is carried out,
 * once; messages are locked in one order, so that two who write the same do not wait for each other for ever.
 */
const settleSql = `
  with reports as (
    select * from unnest($1::text[], $2::text[], $3::int[], $4::text[], $5::text[], $6::text[], $7::timestamptz[])
      with ordinality as r (gateway, provider_id, our_id, msisdn, state, reason, at, n)
  ), named as (
    select r.*, coalesce(o.id, p.id) as id from reports r
      left join lateral (select m.id from messages m where m.id = r.our_id and m.gateway = r.gateway
        and (r.msisdn is null or m.msisdn = r.msisdn)) o on true
      left join lateral (select m.id from message_provider_ids p join messages m on m.id = p.message_id
        where p.provider_id = r.provider_id and m.gateway = r.gateway
        order by m.id desc limit 1) p on true
  ), guessed as (
    select distinct on (c.id) c.id, g.gateway, g.provider_id from named g
      cross join lateral (select min(m.id) as id, count(*) as fitting, bool_and(m.state = 'unknown') as is_over
        from messages m where m.msisdn = g.msisdn and m.gateway = g.gateway and m.provider_id is null
          and m.state in ('sending', 'unknown')
          and m.begun_at between g.at - interval '${GUESSED_HOURS} hours' and g.at + interval '5 minutes') c
      where g.id is null and g.provider_id is not null and c.fitting = 1 and c.is_over
      order by c.id, g.n
  ), found as (
    select n.n, n.provider_id, n.state, n.reason, n.at, coalesce(n.id, g.id) as id
      from named n left join guessed g on n.id is null and g.gateway = n.gateway and g.provider_id = n.provider_id
  ), furthest as (
    select distinct on (id) * from found where id is not null
      order by id, array_position(array['delivered', 'failed', 'sent'], state), n
  ), locked as materialized (
    select m.id from messages m where m.id in (select id from furthest) order by m.id for update
  ), moved as (
    update messages m set state = f.state, reason = f.reason,
        provider_id = coalesce(m.provider_id, f.provider_id),
        sent_at = coalesce(m.sent_at, m.begun_at, f.at),
        settled_at = case when f.state <> 'sent' then f.at end
      from furthest f join locked using (id)
      where m.id = f.id and m.state = any (case f.state
        when 'sent' then $8::text[] when 'delivered' then $9::text[] else $10::text[] end)
      returning f.n, m.msisdn, m.state, m.reason, f.at
  )
  select found.n::int, found.id is not null as "isKnown", moved.n is not null as "isMoved",
      moved.msisdn, moved.state, moved.reason, moved.at
    from found left join moved using (n) order by found.n`;

interface SettledRow {
  isKnown: boolean;
  isMoved: boolean;
  msisdn: string;
  state: NamedReport['state'];
  reason: Reason | null;
  at: Date;
}

/**
 * Moves the messages that reports name forward, and never back, and lets their phones know.
 * @returns what became of each, in their order
 */
export async function settleReports(
  tx: SqlTx,
  reports: readonly NamedReport[],
): Promise<Settled[]> {
  if (reports.length === 0) return [];
  const { rows } = await tx.query<SettledRow>(settleSql, [
    reports.map(({ gateway }) => gateway),
    reports.map(({ providerId }) => providerId),
    reports.map(({ ourId }) => ourId),
    reports.map(({ msisdn }) => msisdn),
    reports.map(({ state }) => state),
    reports.map(({ reason }) => reason),
    reports.map(({ at }) => at),
    statesBefore('sent'),
    statesBefore('delivered'),
    statesBefore('failed'),
  ]);
  await noteFates(tx, rows.flatMap(fateOf));
  return rows.map(({ isKnown, isMoved }) =>
    isMoved ? 'settled' : isKnown ? 'repeated' : 'unmatched',
  );
}

function fateOf({ isMoved, msisdn, state, reason, at }: SettledRow): Fate[] {
  return isMoved && state !== 'sent' ? [{ msisdn, state, reason, at }] : [];
}
