import type { Clock } from '../runtime/clock';
import type { Database } from '../runtime/database';
import type { BegunMessage, ClaimedMessage } from './claimed-message';
import type { CampaignsKnown } from './campaigns-known';
import {
  type DueRows,
  rowsOfCampaigns,
  rowsOfClass,
  rowsOfOpenCampaigns,
} from './due-rows';
import type { MessageClass } from './message-class';
import type { OperatorLane } from './operator-lane';
import { isDecent } from './quiet-hours';

/** Whoever claims: the store, the time, and the sender's own name. */
export interface Claimant {
  db: Pick<Database, 'pool'>;
  clock: Pick<Clock, 'now'>;
  sender: string;
}

/** How many messages of one network are wanted. */
export interface Wanted {
  operator: OperatorLane;
  most: number;
  /** Where their requests begin with the claim, and how many numbers one takes; absent: nothing begins yet. */
  begins?: { gateway: string; mostRecipients: number };
}

// What is due is looked for by class ($5), by day or in the quiet hours, or by campaign ($5 are those that are open, or
// where nobody knows them those that wait).
const inEachWay = (
  statement: (rows: DueRows) => string,
): ((
  messageClass: MessageClass,
  now: Date,
  campaigns: CampaignsKnown,
) => string) => {
  const byDay = statement(rowsOfClass('$5', true));
  const atNight = statement(rowsOfClass('$5', false));
  const ofCampaigns = statement(rowsOfCampaigns('$5'));
  const ofOpenCampaigns = statement(rowsOfOpenCampaigns('$5'));
  return (name, now, { open }) => {
    if (name === 'campaign')
      return open === undefined ? ofCampaigns : ofOpenCampaigns;
    return isDecent(now) ? byDay : atNight;
  };
};

/** Values of $1 to $6, of every statement. */
const looksFor = (
  { now, sender }: { now: Date; sender: string },
  messageClass: MessageClass,
  wanted: readonly Wanted[],
  { closed, open, claimedTo }: CampaignsKnown,
): unknown[] => [
  ...[now, sender],
  wanted.map(({ operator }) => operator),
  wanted.map(({ most }) => most),
  messageClass === 'campaign' ? (open ?? closed) : messageClass,
  wanted.map(({ operator }) => claimedTo?.get(operator) ?? null),
];

const withTables = (tables: readonly string[]): string =>
  `with recursive ${tables.join(', ')}`;

const oldestWanted = ({ oldest }: DueRows): string =>
  oldest({
    ...{ now: '$1', operator: 'wanted.operator', most: 'wanted.most' },
    after: 'wanted.after',
    lock: 'for update skip locked',
  });

const held = `m.id, m.msisdn, m.class, m.subject_id as "subjectId", m.text, m.encoding, m.segments, m.attempts`;

// The ids are gathered before the update, so that it always goes by the primary key, whatever the planner
// makes of their number.
const claim = inEachWay((rows) => {
  const due = `due as materialized (
    select oldest.id from unnest($3::text[], $4::int[], $6::int[]) as wanted (operator, most, after)
      cross join lateral (${oldestWanted(rows)}) oldest)`;
  return `${withTables([...rows.tables, due])}
  update messages m
  set state = 'sending', reason = null, claimed_at = $1, claimed_by = $2, begun_at = null
  where m.id = any(array(select id from due))
  returning ${held}, operator_of(m.msisdn) as operator`;
});

/**
 * Takes the oldest due messages of a class, so that no other sender takes them. Nothing has begun yet: whoever
 * finds this sender gone gives them back.
 * @param campaigns what is known of those that wait
 */
export async function claimDue(
  { db, clock, sender }: Claimant,
  messageClass: MessageClass,
  wanted: readonly Wanted[],
  campaigns: CampaignsKnown = { closed: [] },
): Promise<ClaimedMessage[]> {
  const claimedAt = clock.now();
  const { rows } = await db.pool.query<Omit<ClaimedMessage, 'claimedAt'>>(
    claim(messageClass, claimedAt, campaigns),
    looksFor({ now: claimedAt, sender }, messageClass, wanted, campaigns),
  );
  return rows
    .sort((a, b) => a.id - b.id)
    .map((message) => ({ ...message, claimedAt }));
}

// What has one text goes in requests of as many numbers as the gateway takes; of these, oldest first, so many begin.
// The planner takes an array for ten rows, always, and then finds each message by its key: by its own guess, which goes
// from one row to all that are queued, it has compared each with each, or read the whole table.
const claimAndBegin = inEachWay((rows) => {
  const due = `due as materialized (
    select oldest.id, oldest.alike, wanted.operator, wanted.gateway, wanted.recipients, row_number() over () as n
      from unnest($3::text[], $4::int[], $6::int[], $7::text[], $8::int[])
        as wanted (operator, most, after, gateway, recipients)
        cross join lateral (${oldestWanted(rows)}) oldest)`;
  const numbered = `numbered as materialized (
    select id, operator, gateway, recipients, alike, n,
      row_number() over (partition by gateway, alike order by n) - 1 as place from due)`;
  const beginning = `beginning as (
    select gateway, alike, place / recipients as chunk from numbered
    where gateway is not null and place % recipients = 0 order by n limit $9)`;
  const claimed = `claimed as materialized (
    select one.id, one.operator, beginning.gateway
    from numbered one left join beginning
      on beginning.gateway = one.gateway and beginning.alike = one.alike and beginning.chunk = one.place / one.recipients)`;
  const packed = `packed as (
    select array_agg(id) as ids, array_agg(operator) as operators, array_agg(gateway) as gateways from claimed)`;
  return `${withTables([...rows.tables, due, numbered, beginning, claimed, packed])}
  update messages m
  set state = 'sending', reason = null, claimed_at = $1, claimed_by = $2,
    begun_at = case when claimed.gateway is not null then $1::timestamptz end,
    attempts = m.attempts + (claimed.gateway is not null)::int,
    gateway = coalesce(claimed.gateway, m.gateway),
    operator = case when claimed.gateway is null then m.operator else nullif(claimed.operator, 'other') end
  from packed cross join lateral unnest(ids, operators, gateways) as claimed (id, operator, gateway)
  where m.id = claimed.id
  returning ${held}, claimed.operator, claimed.gateway as through`;
});

/** What a claim began, and what still waits. */
export interface BegunClaim {
  begun: (BegunMessage & { through: string })[];
  waiting: ClaimedMessage[];
}

/**
 * As `claimDue`, and in the same statement writes down that requests begin: for whoever makes them at once. One
 * change of a row where there would be two.
 * @param how how many requests may begin, the instant, which no other claim of this sender has, and what is known of campaigns
 */
export async function claimAndBeginDue(
  { db, sender }: Claimant,
  messageClass: MessageClass,
  wanted: readonly Wanted[],
  how: { requests: number; begunAt: Date; campaigns?: CampaignsKnown },
): Promise<BegunClaim> {
  const { requests, begunAt, campaigns = { closed: [] } } = how;
  const { rows } = await db.pool.query<
    Omit<ClaimedMessage, 'claimedAt'> & { through: string | null }
  >(claimAndBegin(messageClass, begunAt, campaigns), [
    ...looksFor({ now: begunAt, sender }, messageClass, wanted, campaigns),
    wanted.map(({ begins }) => begins?.gateway ?? null),
    wanted.map(({ begins }) => begins?.mostRecipients ?? 1),
    requests,
  ]);
  const claimed: BegunClaim = { begun: [], waiting: [] };
  for (const { through, ...row } of rows.sort((a, b) => a.id - b.id)) {
    const message = { ...row, claimedAt: begunAt };
    if (through === null) claimed.waiting.push(message);
    else claimed.begun.push({ ...message, through, begunAt });
  }
  return claimed;
}
