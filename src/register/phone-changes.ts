import { boundValues } from '../runtime/bound-values';
import type { Database } from '../runtime/database';
import type { StaffMember } from '../staff/staff-member';
import { inTerritory } from '../staff/in-territory';
import type { IsoDay } from '../text/dates';
import { waveWindowSql } from './wave-window';

/** A new number that a household asks for, and what has to be known to decide it. */
export interface AskedPhoneChange {
  id: number;
  householdId: number;
  commune: string | null;
  village: string;
  oldMsisdn: string | null;
  newMsisdn: string;
  requestedAt: Date;
  /** Who approved it first, where two must. */
  firstBy: string | null;
  firstAt: Date | null;
  /** The nearest window of a payment that is still to come. */
  nextPayment: IsoDay | null;
}

const onAPage = 25;

/** The changes of a territory that wait for a decision, oldest first. @param afterId the last one of the page before */
export async function askedPhoneChanges(
  { pool }: Pick<Database, 'pool'>,
  { territory }: StaffMember,
  today: IsoDay,
  afterId = 0,
): Promise<{ changes: AskedPhoneChange[]; next: number | undefined }> {
  const { bind, values } = boundValues();
  const { rows } = await pool.query<AskedPhoneChange>(
    `select change.id, change.household_id as "householdId", unit.name as commune, home.village,
      change.old_msisdn as "oldMsisdn", change.new_msisdn as "newMsisdn", change.requested_at as "requestedAt",
      first.full_name as "firstBy", change.first_at as "firstAt",
      (select min(${waveWindowSql('wave').from}) from payments pay
        join waves wave on wave.id = pay.wave_id
        where pay.household_id = home.id and pay.status = 'planned' and wave.status not in ('closed', 'cancelled')
          and ${waveWindowSql('wave').to} >= ${bind(today)}::date) as "nextPayment"
     from phone_changes change
     join households home on home.id = change.household_id
     left join territory_units unit on unit.code = home.commune_code and unit.valid_to is null
     left join staff_accounts first on change.first_by = 'officer:' || first.id
     where change.status = 'requested' and change.id > ${bind(afterId)}
       and ${inTerritory(bind, territory, 'home.commune_code')}
     order by change.id limit ${onAPage + 1}`,
    values,
  );
  const changes = rows.slice(0, onAPage);
  return {
    changes,
    next: rows.length > onAPage ? changes.at(-1)?.id : undefined,
  };
}
