import { mayBecome } from './lifecycle';
import { mayGoAtNight } from './purposes';

/** What a statement looks for, each in SQL. */
export interface Look {
  now: string;
  operator: string;
  most: string;
  /** Of campaigns, the id of the message that was claimed last: what comes before it is not walked through again. */
  after?: string;
  /** For whoever claims: what others hold is passed over. */
  lock?: 'for update skip locked';
}

/** Where what is due is looked for: by class, or, where single subjects may wait, by subject. */
export interface DueRows {
  /** Common tables that the look reads from; they need `with recursive`. */
  tables: readonly string[];
  /** SQL of the oldest messages of one network that are due, in their order: id, and `alike` of those with one text. */
  oldest: (look: Look) => string;
}

// The message's own lock is the one that counts, and is taken of as many as are wanted, one after the other.
const oldestQueued = (
  { now, operator, most, lock }: Omit<Look, 'after'>,
  where: string,
): string =>
  `select queued.id, queued.due_at, one.alike
   from (select id, due_at from open_messages queued
       where queued.state = 'queued' and queued.due_at <= ${now} and queued.expires_at > ${now}
         and queued.operator = ${operator} and ${where}
       order by queued.due_at, queued.id) queued
     cross join lateral (select hashtextextended(m.text, (m.encoding = 'ucs2')::int) as alike from messages m
       where m.id = queued.id and ${mayBecome('sending', 'm.state')} ${lock ?? ''}) one
   order by queued.due_at, queued.id limit ${most}`;

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

// Where a claim goes on; a row that is gone, or none, is before all others.
const past = (after: string): string =>
  `(select coalesce((select due_at from messages where id = ${after}), '-infinity') as due_at,
     coalesce(${after}, 0) as id offset 0) past`;

// One step of the index for each campaign of which anything is queued, however many rows it has.
const queuedCampaigns = `queued_campaigns (id) as (
    (select subject_id from open_messages where state = 'queued' and class = 'campaign' order by subject_id limit 1)
    union all
    select (select subject_id from open_messages where state = 'queued' and class = 'campaign' and subject_id > earlier.id
      order by subject_id limit 1) from queued_campaigns earlier where earlier.id is not null)`;

/** SQL of the campaigns of which anything is queued; its tables need `with recursive`. @param closed SQL of those that wait */
export function openCampaignsSql(closed: string): {
  tables: readonly string[];
  ids: string;
} {
  const ids = `select id from queued_campaigns where id is not null and id <> all(${closed}::int[])`;
  return { tables: [queuedCampaigns], ids };
}

/**
 * Messages of campaigns, by the index of theirs: the rows of one that waits are not even looked at.
 * @param closed SQL of the campaigns that wait
 */
export function rowsOfCampaigns(closed: string): DueRows {
  const { tables, ids } = openCampaignsSql(closed);
  return rowsOf(tables, ids);
}

/** The same where it is known which campaigns are open. @param open SQL of them */
export function rowsOfOpenCampaigns(open: string): DueRows {
  return rowsOf([], `select unnest(${open}::int[]) as id`);
}

function rowsOf(tables: readonly string[], ids: string): DueRows {
  const where = `queued.class = 'campaign' and queued.subject_id = open.id
         and (queued.due_at, queued.id) > (past.due_at, past.id)`;
  return {
    tables: [...tables, `open_campaigns as materialized (${ids})`],
    oldest: ({ after = 'null::int', ...look }) =>
      `select each.id, each.due_at, each.alike from ${past(after)} cross join open_campaigns open
         cross join lateral (${oldestQueued(look, where)}) each
       order by each.due_at, each.id limit ${look.most}`,
  };
}
