import { refreshFigures } from '../../src/complaints/refresh-figures';
import { fixedClock } from '../../src/runtime/clock';
import { loadTerritory } from '../../src/staff/territory';
import { testDatabase, type TestDatabase } from '../support/database';
import { manyComplaints } from '../support/many-complaints';

let store: TestDatabase;
const clock = fixedClock('2026-03-12T09:00:00Z');

beforeAll(async () => {
  store = await testDatabase();
  await loadTerritory(store.db);
  await manyComplaints(store.db, { households: 900, complaints: 1500 });
  await refreshFigures({ db: store.db, clock });
}, 60_000);
afterAll(() => store.close());

const rowsOf = async (sql: string): Promise<unknown[]> =>
  (await store.db.pool.query<object>(sql)).rows;

/** A recount of raw rows, written without a look at how figures are made. */
const recounts = [
  [
    'received and acknowledged within a day, by month, region and sex',
    `select to_char(month, 'YYYY-MM') as month, region_code as region, sex, sum(received)::int as n, sum(acknowledged)::int as quick
      from complaint_figures where received > 0 group by 1, 2, 3 order by 1, 2, 3`,
    `select to_char(c.filed_at, 'YYYY-MM') as month,
      coalesce((select u.parent_code from territory_units u where u.level = 'cercle' and u.valid_from <= c.filed_at::date
        and coalesce(u.valid_to, '9999-01-01') >= c.filed_at::date and u.code = (select v.parent_code from territory_units v
          where v.level = 'commune' and v.code = coalesce(c.commune_code, h.commune_code))), '') as region,
      coalesce(h.recipient_sex, '') as sex, count(*)::int as n,
      count(*) filter (where exists (select from complaint_events e where e.complaint_id = c.id and e.from_status = 'RECEIVED'
        and e.happened_at - c.filed_at <= interval '1 day'))::int as quick
      from complaints c left join households h on h.id = c.household_id group by 1, 2, 3 order by 1, 2, 3`,
  ],
  [
    'answered, of those received in a month, by category and channel',
    `select to_char(month, 'YYYY-MM') as month, category, channel, sum(answered)::int as n from complaint_figures
      where received > 0 group by 1, 2, 3 order by 1, 2, 3`,
    `select to_char(filed_at, 'YYYY-MM') as month, category, case when filed_channel is null then origin else filed_channel end as channel,
      (count(*) filter (where status = 'CLOSED_ACCEPTED'))::int as n from complaints group by 1, 2, 3 order by 1, 2, 3`,
  ],
  [
    'delays that ended in a month, and those that were kept',
    `select to_char(month, 'YYYY-MM') as month, sum(due)::int as due, sum(kept)::int as kept from complaint_figures
      where due > 0 group by 1 order by 1`,
    `select to_char(due_on, 'YYYY-MM') as month, count(*)::int as due,
      count(*) filter (where closed_at < due_on + 1)::int as kept from complaints where due_on < '2026-03-12' group by 1 order by 1`,
  ],
  [
    'days from receipt to closing, by category',
    `select category, percentile_disc(0.5) within group (order by d) as half, percentile_disc(0.9) within group (order by d) as most
      from complaint_figures, unnest(days) d group by 1 order by 1`,
    `select category, percentile_disc(0.5) within group (order by closed_at::date - filed_at::date) as half,
      percentile_disc(0.9) within group (order by closed_at::date - filed_at::date) as most
      from complaints where closed_at is not null group by 1 order by 1`,
  ],
  [
    'late today, by level',
    `select level, sum(late)::int as n from complaint_figures group by 1 order by 1`,
    `select level, count(*) filter (where closed_at is null and due_on < '2026-03-12')::int as n from complaints group by 1 order by 1`,
  ],
  [
    'appeals, satisfaction and money put right',
    `select sum(closed)::int as closed, sum(appealed)::int as appealed, sum(upheld)::int as upheld, sum(rated)::int as rated,
      sum(satisfied)::int as satisfied, sum(restored)::int as restored, sum(restored_xof)::int as xof from complaint_figures`,
    `select count(*) filter (where closed_at is not null or a)::int as closed, count(*) filter (where a)::int as appealed,
      count(*) filter (where a and status = 'CLOSED_ACCEPTED')::int as upheld,
      count(satisfaction) filter (where closed_at is not null or a)::int as rated,
      count(*) filter (where satisfaction = 'yes' and (closed_at is not null or a))::int as satisfied,
      count(*) filter (where closed_at is not null and amount_restored_xof > 0)::int as restored,
      coalesce(sum(amount_restored_xof) filter (where closed_at is not null), 0)::int as xof
      from complaints c cross join lateral (select exists (select from complaint_events e where e.complaint_id = c.id and e.to_status = 'APPEALED') as a) x`,
  ],
  [
    'payments of a month: on time, confirmed, contradicted, asked for money',
    `select to_char(month, 'YYYY-MM') as month, provider, sum(planned)::int as planned, sum(paid)::int as paid, sum(on_time)::int as on_time,
      sum(confirmed)::int as confirmed, sum(mismatched)::int as mismatched, sum(asked)::int as asked from payment_figures group by 1, 2 order by 1, 2`,
    `select to_char(w.window_start, 'YYYY-MM') as month, w.provider_code as provider, count(p.*)::int as planned,
      count(*) filter (where r.result = 'paid')::int as paid,
      count(*) filter (where r.result = 'paid' and r.paid_on >= w.window_start and r.paid_on <= w.window_end)::int as on_time,
      count(*) filter (where r.result = 'paid' and a.answer = 'RECEIVED')::int as confirmed,
      count(*) filter (where r.result = 'paid' and a.answer <> 'RECEIVED')::int as mismatched,
      count(*) filter (where a.asked_for_money)::int as asked
      from waves w join payments p on p.wave_id = w.id left join payment_results r on r.payment_id = p.id
      left join receipts a on a.payment_id = p.id group by 1, 2 order by 1, 2`,
  ],
  [
    'households by sex',
    `select sex, sum(households)::int as n from household_figures group by 1 order by 1`,
    `select coalesce(recipient_sex, '') as sex, count(*)::int as n from households group by 1 order by 1`,
  ],
] as const;

test.each(recounts)(
  'a recount of raw rows finds the same: %s',
  async (_what, figures, raw) => {
    const counted = await rowsOf(figures);
    expect(counted.length).toBeGreaterThan(0);
    expect(counted).toEqual(await rowsOf(raw));
  },
);

test('made again they follow what changed, write no other row, and rest for ten minutes', async () => {
  expect(await refreshFigures({ db: store.db, clock })).toBe(0);
  const versions = () =>
    rowsOf(
      'select xmin, * from complaint_figures order by 2, 3, 4, 5, 6, 7, 8, 9',
    );
  const before = await versions();
  clock.advance({ minutes: 11 });
  await store.db.pool.query(
    `update complaints set category = 'C10' where id = 10`,
  );
  expect(await refreshFigures({ db: store.db, clock })).toBeGreaterThan(100);
  const kept = new Set(before.map((row) => JSON.stringify(row)));
  const changed = (await versions()).filter(
    (row) => !kept.has(JSON.stringify(row)),
  );
  expect(changed.length).toBeGreaterThan(0);
  expect(changed.length).toBeLessThan(8);
});
