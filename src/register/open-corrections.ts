import { boundValues } from '../runtime/bound-values';
import type { Database } from '../runtime/database';

/** Where the register says one thing and the person another. */
export interface OpenCorrection {
  id: number;
  householdId: number;
  householdNumber: string;
  commune: string | null;
  village: string;
  field: string;
  registerValue: string | null;
  chosenValue: string | null;
  openedAt: Date;
}

const onAPage = 25;

/** The corrections that nobody has settled, oldest first. @param afterId the last one of the page before */
export async function openCorrections(
  { pool }: Pick<Database, 'pool'>,
  afterId = 0,
): Promise<{ corrections: OpenCorrection[]; next: number | undefined }> {
  const { bind, values } = boundValues();
  const { rows } = await pool.query<OpenCorrection>(
    `select c.id, c.household_id as "householdId", home.household_number as "householdNumber", unit.name as commune,
      home.village, c.field, c.register_value as "registerValue", c.chosen_value as "chosenValue", c.opened_at as "openedAt"
     from register_corrections c
     join households home on home.id = c.household_id
     left join territory_units unit on unit.code = home.commune_code and unit.valid_to is null
     where c.settled_at is null and c.id > ${bind(afterId)}
     order by c.id limit ${onAPage + 1}`,
    values,
  );
  const corrections = rows.slice(0, onAPage);
  return {
    corrections,
    next: rows.length > onAPage ? corrections.at(-1)?.id : undefined,
  };
}
