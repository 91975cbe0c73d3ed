import type { Tx } from '../runtime/database';
import { cancelSql } from './cancel-messages';

/** What the messages of a campaign are made from. */
export interface CampaignWriting {
  campaignId: number;
  /**
   * SQL of one row a phone: `msisdn`, `locale`, `template`, `text`, `encoding`, `segments`, and `skip`: why it gets none
   * after all. Values from $5 on are its own.
   */
  recipientsSql: string;
  values: readonly unknown[];
  dueAt: Date;
  expiresAt: Date;
  now: Date;
}

/**
 * Writes the messages of a campaign, and counts them, by one statement. Written again it changes nothing: the unique key
 * of messages lets no phone in twice. Who is skipped has a row too, so that all rows together are the target.
 * @returns how many were written now
 */
export async function writeCampaign(
  tx: Tx,
  writing: CampaignWriting,
): Promise<number> {
  const { campaignId, recipientsSql, values, dueAt, expiresAt, now } = writing;
  const [told] = await tx.$queryRawUnsafe<{ written: number }[]>(
    `with written as (
      insert into messages (purpose, subject_id, msisdn, class, template, locale, text, encoding, segments,
        state, reason, due_at, expires_at, written_at, settled_at, operator)
      select 'campaign.message', $1::integer, one.msisdn, 'campaign', one.template, one.locale, one.text, one.encoding,
        one.segments, case when one.skip is null then 'queued' else 'cancelled' end, one.skip,
        $2::timestamptz, $3::timestamptz, $4::timestamptz, case when one.skip is not null then $4::timestamptz end,
        nullif(operator_of(one.msisdn), 'other')
      from (${recipientsSql}) one
      on conflict (msisdn, purpose, subject_id, round) do nothing
      returning operator, state, segments),
    counted as (
      insert into message_counts (subject_id, operator, state, messages, segments, price_xof, counted_at)
      select $1::integer, coalesce(operator, 'other'), state, count(*), sum(segments), 0, clock_timestamp()
      from written group by operator, state
      returning messages)
    select coalesce(sum(messages), 0)::integer as written from counted`,
    ...[campaignId, dueAt, expiresAt, now, ...values],
  );
  return told?.written ?? 0;
}

/** Takes back what a campaign has not sent. What a sender holds goes now or never. @returns how many messages that were */
export function cancelCampaignMessages(
  tx: Tx,
  campaignId: number,
  now: Date,
): Promise<number> {
  return tx.$executeRawUnsafe(
    cancelSql(
      `m.purpose = 'campaign.message' and m.class = 'campaign' and m.subject_id = $1::integer`,
      `'campaignCancelled'`,
      '$2::timestamptz',
    ),
    ...[campaignId, now],
  );
}
