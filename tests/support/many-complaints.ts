import type { Database } from '../../src/runtime/database';

/**
 * Writes many households, with two waves of payments, and complaints of two years with their history, all drawn by
 * arithmetic: the same sizes are the same rows. The territory must be there.
 */
export async function manyComplaints(
  { pool }: Pick<Database, 'pool'>,
  size: { households: number; complaints: number },
): Promise<void> {
  const { households, complaints } = size;
  for (const sql of [
    `insert into households (household_number, commune_code, village, village_key, recipient_first_name, recipient_last_name,
        recipient_sex, status, updated_at, imported_at)
      select 'M-' || n, (select array_agg(code order by code) from territory_units where level = 'commune' and valid_to is null)[1 + n * 7 % communes],
        'Village', 'village', 'Canarie', 'Secrète', (array['F', 'F', 'M', null])[1 + n % 4], 'active', now(), now()
      from generate_series(1, ${households}) n,
        (select count(*)::int as communes from territory_units where level = 'commune' and valid_to is null) c`,
    `insert into benefit_rules (code, programme, financing, name_fr, monthly_amount_xof, valid_from)
      values ('MANY', 'TM', 'TEST', 'Transfert', 15000, '2020-01-01')`,
    `insert into waves (code, benefit_rule_id, provider_code, provider_name, modality, window_start, window_end, status, zone_profile, updated_at, imported_at)
      select 'MANY-' || n, max(b.id), 'P' || n, 'Agence ' || n, 'cash', date '2026-01-05' + n * 28, date '2026-01-15' + n * 28, 'closed', 'normal', now(), now()
      from benefit_rules b, generate_series(0, 1) n where b.code = 'MANY' group by n`,
    `insert into payments (wave_id, household_id, benefit_rule_id, amount_xof, status, updated_at)
      select w.id, h.id, w.benefit_rule_id, 30000, 'planned', now()
      from households h join waves w on w.code = 'MANY-' || h.id % 2 where h.household_number like 'M-%'`,
    `insert into payment_results (payment_id, result, paid_on, updated_at, imported_at)
      select p.id, case when p.id % 9 = 0 then 'absent' else 'paid' end, w.window_start + p.id % 14, w.window_end, now()
      from payments p join waves w on w.id = p.wave_id where w.code like 'MANY%'`,
    `insert into receipts (event_id, payment_id, answer, asked_for_money, proof_level, channel, answered_at)
      select 'R-' || p.id, p.id, (array['RECEIVED', 'RECEIVED', 'RECEIVED', 'RECEIVED_WITH_ISSUES', 'NOT_RECEIVED'])[1 + p.id % 5],
        p.id % 11 = 0, 'L1', 'ussd', w.window_end from payments p join waves w on w.id = p.wave_id where w.code like 'MANY%' and p.id % 3 > 0`,
    `insert into complaints (event_id, reference, category, subject, status, level, origin, respond_by, locale, household_id, commune_code,
        payment_id, proof_level, satisfaction, filed_by, filed_channel, amount_restored_xof, filed_at, due_on, closed_at)
      select 'C-' || n, (10000000 + n)::text, (array['C2', 'C2', 'C2', 'C3', 'C4', 'C5', 'C6', 'C7', 'C8', 'C1'])[1 + n % 10], 'any',
        case when n % 5 = 0 then 'IN_PROGRESS' when n % 17 = 0 then 'WITHDRAWN' when n % 23 = 0 then 'APPEALED' else 'CLOSED_ACCEPTED' end,
        (array['N2', 'N3', 'N4', 'N5'])[1 + n % 4], (array['ussd', 'ussd', 'receipt', 'console'])[1 + n % 4], 'dial', 'fr',
        case when n % 6 > 0 then h.id end, case when n % 6 = 0 and n % 12 > 0 then null else h.commune_code end,
        case when n % 10 < 3 and n % 6 > 0 then p.id end, 'L1',
        case when n % 5 > 0 and n % 3 = 0 then (array['yes', 'yes', 'partly', 'no'])[1 + n % 4] end,
        case when n % 8 = 3 then 1 end, case when n % 8 = 3 then (array['paper', 'call', 'visit'])[1 + n % 3] end,
        case when n % 10 < 3 and n % 7 = 0 then 5000 + n % 4 * 5000 when n % 13 = 0 then 0 end,
        at, at::date + 15, case when n % 5 > 0 and (n % 23 > 0 or n % 17 = 0) then at + n % 21 * interval '1 day' end
      from (select n, timestamp '2024-04-01' + (n * 7919 % 16800) * interval '1 hour' as at from generate_series(1, ${complaints}) n) drawn
        join households h on h.household_number = 'M-' || 1 + n * 31 % ${households} left join payments p on p.household_id = h.id`,
    `insert into complaint_events (complaint_id, kind, from_status, to_status, actor, happened_at)
      select id, 'filed', null, 'RECEIVED', 'complainant', filed_at from complaints where event_id like 'C-%'
      union all select id, 'moved', 'RECEIVED', 'ACKNOWLEDGED', 'system', filed_at + id % 30 * interval '1 hour' from complaints where event_id like 'C-%'
      union all select id, 'appealed', 'CLOSED_ACCEPTED', 'APPEALED', 'complainant', filed_at + interval '20 days' from complaints
        where event_id like 'C-%' and (status = 'APPEALED' or id % 29 = 0)`,
    'analyze',
  ])
    await pool.query(sql);
}
