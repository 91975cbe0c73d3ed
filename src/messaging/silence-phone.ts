import type { Clock } from '../runtime/clock';
import type { Tx } from '../runtime/database';
import { cancelSql } from './cancel-messages';

/**
 * Takes back what has not gone to a phone whose holder wants no SMS, answers to its own words excepted, and puts on
 * the call list the households that were to be told of a payment through somebody else's phone. One statement.
 */
export async function silencePhone(
  { tx, clock }: { tx: Tx; clock: Clock },
  msisdn: string,
): Promise<void> {
  await tx.$executeRawUnsafe(silenceSql, msisdn, clock.now());
}

/** $1 the number, $2 the moment. On a phone of one's own, silence is what its holder chose. */
const silenceSql = `with silenced as (
    ${cancelSql(`m.msisdn = $1::text and m.class <> 'reply'`, `'optedOut'`, '$2::timestamptz')}
    returning m.purpose, m.subject_id, m.round, m.class),
  linked as (
    select household_id, kind <> 'own' or count(*) over () > 1 as shared from phone_links
    where msisdn = $1::text and ended_at is null)
  insert into call_list_entries (purpose, subject_id, round, household_id, reason, listed_at)
  select s.purpose, s.subject_id, s.round, l.household_id, 'optedOut', $2::timestamptz
  from silenced s join linked l on l.shared
  join payments pay on pay.household_id = l.household_id and pay.wave_id = s.subject_id and pay.status = 'planned'
  where s.class = 'reminder' and s.purpose like 'payment.%'
  on conflict (household_id, purpose, subject_id, round) do nothing`;
