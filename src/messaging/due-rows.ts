import { mayBecome } from './lifecycle';
import { mayGoAtNight } from './purposes';

/** What a statement looks for, each in SQL. */
export interface Look {
  now: string;
  operator: string;
  most: string;
  /** For whoever claims: what others hold is passed over. */
  lock?: 'for update skip locked';
}

/** Where what is due is looked for: by class, or, where single subjects may wait, by subject. */
export interface DueRows {
  /** Common tables that the look reads from; they need `with recursive`. */
  tables: readonly string[];
  /** SQL of the oldest messages of one network that are due: id, encoding and text, in their order. */
  oldest: (look: Look) => string;
}

const oldestQueued = (
  { now, operator, most, lock }: Look,
  where: string,
): string =>
  `select queued.id, queued.due_at, queued.encoding, queued.text from messages queued
   where ${mayBecome('sending', 'queued.state')} and queued.due_at <= ${now} and queued.expires_at > ${now}
     and operator_of(queued.msisdn) = ${operator} and ${where}
   order by queued.due_at, queued.id limit ${most} ${lock ?? ''}`;

/**
 * Messages of a class other than campaigns, by the index of all that is queued but theirs.
 * @param name SQL of the class
 * @param isDecent whether anything may go; in the quiet hours only what keeps none, however long the rest has waited
 */
export function rowsOfClass(name: string, isDecent: boolean): DueRows {
  const ofClass = `queued.class <> 'campaign' and queued.class = ${name}`;
  const where = isDecent
    ? ofClass
    : `${ofClass} and ${mayGoAtNight('queued.purpose')}`;
  return { tables: [], oldest: (look) => oldestQueued(look, where) };
}

// One step of the index for each campaign of which anything is queued, however many rows it has.
const queuedCampaigns = `queued_campaigns (id) as (
    (select subject_id from messages where state = 'queued' and class = 'campaign' order by subject_id limit 1)
    union all
    select (select subject_id from messages where state = 'queued' and class = 'campaign' and subject_id > earlier.id
      order by subject_id limit 1) from queued_campaigns earlier where earlier.id is not null)`;

/**
 * Messages of campaigns, by the index of theirs: the rows of one that waits are not even looked at.
 * @param closed SQL of the campaigns that wait
 */
export function rowsOfCampaigns(closed: string): DueRows {
  const open = `open_campaigns as materialized (
    select id from queued_campaigns where id is not null and id <> all(${closed}::int[]))`;
  const where = `queued.class = 'campaign' and queued.subject_id = open.id`;
  return {
    tables: [queuedCampaigns, open],
    oldest: (look) =>
      `select each.id, each.due_at, each.encoding, each.text from open_campaigns open
         cross join lateral (${oldestQueued(look, where)}) each
       order by each.due_at, each.id limit ${look.most}`,
  };
}
