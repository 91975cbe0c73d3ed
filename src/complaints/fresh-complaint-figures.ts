/** Months of one request: of its receipt, of the end of its delay, of its closing. Each counts what is defined of that moment. */
const parts = {
  received: {
    month: 'filed_at',
    when: 'true',
    counts: `1 as received, acknowledged, answered, 0 as due, 0 as kept, late, 0 as closed, 0 as appealed, 0 as upheld,
      0 as rated, 0 as satisfied, 0 as restored, 0::bigint as restored_xof, null::int as days`,
  },
  due: {
    month: 'due_on',
    when: 'due_on < today',
    counts: `0, 0, 0, 1, (closed_at is not null and closed_at::date <= due_on)::int, 0, 0, 0, 0, 0, 0, 0, 0, null`,
  },
  closed: {
    month: 'ended_at',
    when: 'ended_at is not null',
    counts: `0, 0, 0, 0, 0, 0, 1, appealed, upheld, (satisfaction is not null)::int,
      (satisfaction is not distinct from 'yes')::int, (restored_xof > 0)::int, restored_xof, days`,
  },
} as const;

/**
 * Selects the figures of all requests as `complaint_figures` keeps them; docs/figures.md says what each counts.
 * @param today a day in Bamako: what was due before it is past
 */
export function freshComplaintFigures(today: string): string {
  const counted = Object.values(parts)
    .map(
      ({ month, when, counts }) =>
        `select date_trunc('month', ${month})::date as month, region_code, cercle_code, category, level, channel, sex,
          beneficiary, ${counts} from told where ${when}`,
    )
    .join(' union all ');
  return `${told(today)} select month, region_code, cercle_code, category, level, channel, sex, beneficiary,
    ${sums.map((name) => `sum(${name})::int as ${name}`).join(', ')},
    sum(restored_xof)::bigint as restored_xof, array_agg(days order by days) filter (where days is not null) as days
    from (${counted}) counted group by 1, 2, 3, 4, 5, 6, 7, 8`;
}

const sums = [
  ...['received', 'acknowledged', 'answered', 'due', 'kept', 'late', 'closed'],
  ...['appealed', 'upheld', 'rated', 'satisfied', 'restored'],
] as const;

/** One row a request, with where it lies on the day on which it came, and what its history says. */
function told(today: string): string {
  // A day of our own clock, and so no text of anybody's.
  const day = new Date(today).toISOString().slice(0, 10);
  return `with histories as (
      select complaint_id, min(happened_at) filter (where from_status = 'RECEIVED') as acknowledged_at,
        max(happened_at) filter (where kind in ('refused', 'appealed')) as appealed_at
      from complaint_events group by 1),
    told as (
      select c.category, c.level, coalesce(c.filed_channel, c.origin) as channel, coalesce(h.recipient_sex, '') as sex,
        c.household_id is not null as beneficiary, coalesce(ce.parent_code, '') as region_code,
        coalesce(co.parent_code, '') as cercle_code, c.filed_at, c.due_on, c.closed_at, c.satisfaction,
        date '${day}' as today, coalesce(c.closed_at, e.appealed_at) as ended_at,
        (e.acknowledged_at is not null and e.acknowledged_at <= c.filed_at + interval '24 hours')::int as acknowledged,
        (c.closed_at is not null and c.status in ('CLOSED_ACCEPTED', 'OUT_OF_SCOPE'))::int as answered,
        (c.closed_at is null and c.due_on < date '${day}')::int as late,
        (e.appealed_at is not null)::int as appealed,
        (e.appealed_at is not null and c.status = 'CLOSED_ACCEPTED')::int as upheld,
        c.closed_at::date - c.filed_at::date as days,
        case when c.closed_at is null then 0 else coalesce(c.amount_restored_xof, 0) end as restored_xof
      from complaints c
        left join histories e on e.complaint_id = c.id
        left join households h on h.id = c.household_id
        left join territory_units co on co.code = coalesce(c.commune_code, h.commune_code)
          and co.valid_from <= c.filed_at::date and (co.valid_to is null or co.valid_to >= c.filed_at::date)
        left join territory_units ce on ce.code = co.parent_code
          and ce.valid_from <= c.filed_at::date and (ce.valid_to is null or ce.valid_to >= c.filed_at::date))`;
}
