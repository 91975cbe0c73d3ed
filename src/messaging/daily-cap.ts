/** Messages that nobody asked for, a number and a day at most. Source: the programme's targets, sending hours. */
export const dailyCap = 3;

/** How many days ahead a free morning is looked for; further than any message lives. */
const horizonDays = 40;

/**
 * SQL of how many messages count for numbers from a day on, `by_day` as JSON: those that nobody asked for and that
 * went out on a day, or are to go. What waits since yesterday goes today. Counted once for all numbers: a count for
 * each would read a table that grows while it is written.
 * @param msisdns SQL of a query of numbers
 * @param due SQL of the moment from whose day on they are counted
 * @param now SQL of the moment
 */
export function busySql(msisdns: string, due: string, now: string): string {
  return `select msisdn, jsonb_object_agg(day, n) as by_day from (
    select m.msisdn, (coalesce(m.sent_at, m.begun_at, greatest(m.due_at, ${now})) at time zone 'UTC')::date as day, count(*) as n
    from messages m
    where m.msisdn in (${msisdns}) and m.class in ('reminder', 'campaign')
      and m.state not in ('cancelled', 'expired', 'failed')
    group by 1, 2) counted
  where day >= (${due} at time zone 'UTC')::date group by 1`;
}

/**
 * SQL of the moment at which more unasked messages may go to a number: as they are due, or at 07:30 of the first day
 * on which the number has room for them.
 * @param byDay SQL of what {@link busySql} counted; null: nothing
 * @param place SQL of the message's place among those that are written to the number at once, from 1
 */
export function dueWithinCapSql(
  byDay: string,
  place: string,
  due: string,
): string {
  const today = `(${due} at time zone 'UTC')::date`;
  const counted = (day: string): string =>
    `coalesce((${byDay} ->> (${day})::text)::integer, 0)`;
  return `case when ${counted(today)} + ${place} <= ${dailyCap} then ${due}
    else (select (min(morning) + time '07:30') at time zone 'UTC'
      from (select morning, sum(greatest(0, ${dailyCap} - ${counted('morning')})) over (order by morning) as room
        from (select ${today} + ahead as morning from generate_series(0, ${horizonDays}) ahead) ahead) later
      where room >= ${place}) end`;
}
