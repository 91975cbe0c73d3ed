import type { ReminderSource } from '../messaging/reminder-source';
import { isMovedSql, waveWindowSql } from '../register/wave-window';

/** How long after its last day a wave may still be spoken of: until nobody is asked for a receipt any more. */
const rememberedDays = 20;

const isDated = `(wave.status in ('accepted', 'announced', 'open', 'closed')
    or (wave.status = 'postponed' and ${isMovedSql('wave')}))`;
const days = waveWindowSql('wave');

/** Cash is handed out against the card; for a wallet or a bank account it stays at home. */
const waySql = `case wave.modality when 'cash' then 'card' else 'plain' end`;

/** Households of the waves that are due, whose right is in force. */
function listed(condition: string): string {
  return `select distinct on (due.subject_id, due.round, pay.household_id) due.subject_id, due.round, pay.household_id,
      wave.zone_profile as zone, ${waySql} as way
    from due
    join waves wave on wave.id = due.subject_id
    join payments pay on pay.wave_id = wave.id and pay.status = 'planned'
    join households household on household.id = pay.household_id and household.status = 'active'
    where ${condition}
    order by due.subject_id, due.round, pay.household_id`;
}

const isAnnounceable = `wave.status in ('accepted', 'announced', 'open', 'postponed')`;
const isSilent = `not exists (select from receipts said where said.payment_id = pay.id)`;
const isUnpaid = `not exists (select from payment_results told where told.payment_id = pay.id and told.result = 'paid')`;

/** Waves and their households. A wave is spoken of once its provider has accepted it; history is left alone. */
export const waveReminders: ReminderSource = {
  kind: 'wave',
  movable: true,
  factsSql: `select id as subject_id, state,
      case when state = 'dated' then first_day end as from_day, case when state = 'dated' then last_day end as to_day
    from (
      select wave.id, ${days.from} as first_day, ${days.to} as last_day,
        case when wave.status = 'cancelled' then 'cancelled' when ${isDated} then 'dated' else 'postponed' end as state
      from waves wave
      cross join lateral (select exists (select from reminder_rounds round
        where round.kind = 'wave' and round.subject_id = wave.id) as is_known) told
      where case wave.status when 'planned' then is_known when 'closed' then not is_known else true end
        and greatest(wave.window_end, wave.new_window_end) >= $1::date - ${rememberedDays}) fact`,
  audienceSql: {
    'payment.announced': listed(isAnnounceable),
    'payment.available': listed(
      `${isAnnounceable} and ${isSilent} and ${isUnpaid}`,
    ),
    'payment.unconfirmed': listed(isSilent),
  },
  toldGroundSql: `select wave.zone_profile as zone, ${waySql} as way from waves wave where wave.id = d.subject_id`,
  namesSql: `select id as subject_id, code as name from waves where id = any($1::integer[])`,
};
