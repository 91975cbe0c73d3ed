import { createHash } from 'node:crypto';
import type { Tx } from '../runtime/database';
import type { CampaignRow } from './campaign-row';
import { audienceSql, binding, type AudienceQuestion } from './audience-sql';

/** Enough to join and sort a million households in memory, for the one statement that needs it. */
export const roomy = `set local work_mem = '256MB'; set local jit = off`;

/**
 * Writes the audience of a campaign down, household by household, by one statement. Done again it gives what the register
 * says then; until the transaction commits nothing of it is seen.
 * @returns how many households that are
 */
export async function freezeAudience(
  tx: Tx,
  campaignId: number,
  question: AudienceQuestion,
): Promise<number> {
  for (const setting of roomy.split('; ')) await tx.$executeRawUnsafe(setting);
  await tx.campaignRecipient.deleteMany({ where: { campaignId } });
  const { bind, values } = binding();
  const id = bind(campaignId);
  const sql = freezeSql(id, audienceSql(question, bind));
  return tx.$executeRawUnsafe(sql, ...values);
}

/** The statement of a freeze. @param id SQL of the campaign's number */
export function freezeSql(id: string, audience: string): string {
  return `insert into campaign_recipients (campaign_id, household_id, msisdn, locale, is_shared, zone, consents, reason, is_first)
    select ${id}::integer, one.* from (${audience}) one`;
}

/** What was frozen, in a word for two people to agree on: another recipient, text, ceiling or hour gives another. */
export async function fingerprintOf(
  tx: Tx,
  campaign: Pick<
    CampaignRow,
    | 'id'
    | 'texts'
    | 'ceilingXof'
    | 'failurePercent'
    | 'lifeHours'
    | 'scheduledAt'
    | 'fromDay'
    | 'toDay'
    | 'longBecause'
  >,
): Promise<{ fingerprint: string; target: number }> {
  const row = `concat_ws('|', household_id, coalesce(msisdn, '-'), locale, is_shared, zone, consents, coalesce(reason, '-'), is_first)`;
  const [frozen] = await tx.$queryRawUnsafe<
    { households: number; target: number; one: string; other: string }[]
  >(
    `select count(*)::integer as households, (count(*) filter (where is_first))::integer as target,
       bit_xor(hashtextextended(${row}, 1))::text as one, bit_xor(hashtextextended(${row}, 2))::text as other
     from campaign_recipients where campaign_id = $1::integer`,
    campaign.id,
  );
  const { texts, ceilingXof, failurePercent, lifeHours } = campaign;
  const { scheduledAt, fromDay, toDay, longBecause } = campaign;
  const told = [
    ...[frozen, texts, ceilingXof, failurePercent, lifeHours],
    ...[scheduledAt, fromDay, toDay, longBecause],
  ];
  const hash = createHash('sha256').update(JSON.stringify(told)).digest('hex');
  // Read aloud by one person to another.
  const fingerprint = (hash.slice(0, 16).match(/.{4}/g) ?? []).join('-');
  return { fingerprint, target: frozen?.target ?? 0 };
}
