import pg from 'pg';

/** A commune of the bench lies in a cercle of twenty, a cercle in a region of five. */
const territory = `
  insert into territory_units (code, level, name, parent_code, valid_from)
    select 'BR' || r, 'region', 'Région ' || r, null, date '2000-01-01' from generate_series(0, 9) r
  union all
    select 'BC' || c, 'cercle', 'Cercle ' || c, 'BR' || c / 5 % 10, date '2000-01-01' from generate_series(0, 49) c
  union all
    select 'ML' || m, 'commune', 'Commune ' || m, 'BC' || m / 20 % 50, date '2000-01-01' from generate_series(0, 999) m
  on conflict do nothing`;

/** Complaints of two years about payments, cards and agents, every fifth open, with their history. */
function filling(complaints: number, households: number): string[] {
  return [
    territory,
    `insert into payment_results (payment_id, result, paid_on, updated_at, imported_at)
      select id, case when id % 9 = 0 then 'absent' else 'paid' end, current_date - 65, now(), now() from payments where wave_id = 1`,
    `insert into receipts (event_id, payment_id, answer, asked_for_money, proof_level, channel, answered_at)
      select 'BENCH-' || id, id, (array['RECEIVED', 'RECEIVED', 'RECEIVED_WITH_ISSUES', 'NOT_RECEIVED'])[1 + id % 4], id % 41 = 0, 'L1', 'ussd', now()
      from payments where wave_id = 1 and id % 3 = 0`,
    `insert into complaints (event_id, reference, category, subject, status, level, entry_level, origin, respond_by, locale, household_id,
        commune_code, payment_id, proof_level, satisfaction, filed_at, due_on, closed_at)
      select 'BENCH-' || n, (90000000 + n)::text, (array['C2', 'C2', 'C2', 'C3', 'C3', 'C4', 'C5', 'C6', 'C7', 'C1'])[1 + n % 10],
        (array['payment.nothing', 'payment.nothing', 'payment.nothing', 'card.lost', 'card.lost', 'list.why', 'session.other', 'fraud.money', 'conduct.agent', 'information.asked'])[1 + n % 10],
        case when n % 5 = 0 then 'IN_PROGRESS' else 'CLOSED_ACCEPTED' end, lv, lv,
        (array['ussd', 'ussd', 'receipt'])[1 + n % 3], 'dial', 'fr', h.id, h.commune_code, case when n % 10 < 3 then h.id end, 'L1',
        case when n % 5 > 0 and n % 3 = 0 then 'yes' end, at, at::date + 20, case when n % 5 > 0 then at + n % 21 * interval '1 day' end
      from (select n, (array['N2', 'N3', 'N4', 'N5'])[1 + n % 4] as lv,
          (current_date - n % 700)::timestamp + n % 24 * interval '1 hour' as at from generate_series(1, ${complaints}) n) drawn
        join households h on h.id = 1 + (n::bigint * 7919) % ${households}`,
    `update complaints set filed_at = current_date - id % 18, due_on = current_date - 5 + id % 20 where closed_at is null`,
    `insert into complaint_events (complaint_id, kind, from_status, to_status, actor, happened_at)
      select id, 'filed', null, 'RECEIVED', 'complainant', filed_at from complaints
      union all select id, 'moved', 'RECEIVED', 'ACKNOWLEDGED', 'system', filed_at + id % 30 * interval '1 hour' from complaints
      union all select id, 'moved', 'ACKNOWLEDGED', 'IN_PROGRESS', 'system', filed_at + interval '2 days' from complaints`,
  ];
}

/** The bench's references end in the check digit that staff and callers type. */
const referenceSql = `update complaints c set reference = given.reference
  from (select unnest($1::int[]) as id, unnest($2::text[]) as reference) given where given.id = c.id`;

/** Fills a store of the bench with complaints, unless it has them; they take the place of what was there. */
export async function fillComplaints(
  url: string,
  { complaints, households }: { complaints: number; households: number },
  referenceOf: (serial: number) => string,
): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ n: number }>(
      'select count(*)::int as n from complaints',
    );
    if (rows[0]?.n === complaints) return;
    await client.query('set session_replication_role = replica');
    await client.query(
      'truncate complaints, complaint_events, payment_results, receipts restart identity cascade',
    );
    for (const sql of filling(complaints, households)) await client.query(sql);
    const ids = Array.from({ length: complaints }, (_, at) => at + 1);
    await client.query(referenceSql, [ids, ids.map(referenceOf)]);
    await client.query('vacuum (analyze)');
    await client.query('checkpoint');
  } finally {
    await client.end();
  }
}
