import type { OperatorLane } from '../messaging/operator-lane';
import type { Database } from '../runtime/database';

/** What became of the households of one village, or on one network. */
export interface BoardRow {
  households: number;
  delivered: number;
  /** Taken by a gateway, not reported yet. */
  sent: number;
  failed: number;
  unknown: number;
  waiting: number;
  noPhone: number;
  /** Wants no SMS, or has not agreed to them. */
  optedOut: number;
  /** Any other reason, or taken back. */
  skipped: number;
}

/** The board of a distribution day, the villages that have heard least first. */
export interface CampaignBoard {
  villages: (BoardRow & { communeCode: string; village: string })[];
  operators: (BoardRow & { operator: OperatorLane })[];
}

/** Of each household: what became of the message of its phone, or why there is none. */
const fatesSql = `select h.commune_code, h.village, case when r.msisdn is not null then operator_of(r.msisdn) end as operator,
    case when r.reason = 'noPhone' then 'noPhone'
      when r.reason in ('optedOut', 'noConsent') or m.reason in ('optedOut', 'noConsent') then 'optedOut'
      when r.reason is not null or m.state is null or m.state in ('cancelled', 'expired') then 'skipped'
      when m.state in ('held', 'queued', 'sending') then 'waiting'
      else m.state end as fate
  from campaign_recipients r
  join households h on h.id = r.household_id
  left join messages m on m.msisdn = r.msisdn and m.purpose = 'campaign.message' and m.subject_id = r.campaign_id
    and m.round = 0 and r.reason is null
  where r.campaign_id = $1`;

const fates = [
  ...(['delivered', 'sent', 'failed', 'unknown', 'waiting'] as const),
  ...(['noPhone', 'optedOut', 'skipped'] as const),
];
const countsSql = fates
  .map(
    (fate) =>
      `(count(*) filter (where fate = '${fate}'))::integer as "${fate}"`,
  )
  .join(', ');

/** Which village has not heard, and on which network. Households count, not phones. */
export async function campaignBoard(
  { pool }: Pick<Database, 'pool'>,
  campaignId: number,
): Promise<CampaignBoard> {
  const villages = await pool.query<CampaignBoard['villages'][number]>(
    `select commune_code as "communeCode", village, count(*)::integer as households, ${countsSql}
     from (${fatesSql}) told group by commune_code, village
     order by ((count(*) filter (where fate in ('delivered', 'sent')))::float / count(*)), commune_code, village`,
    [campaignId],
  );
  const operators = await pool.query<CampaignBoard['operators'][number]>(
    `select operator, count(*)::integer as households, ${countsSql}
     from (${fatesSql}) told where operator is not null group by operator order by operator`,
    [campaignId],
  );
  return { villages: villages.rows, operators: operators.rows };
}

/** Somebody to be told by a relay: no more than is needed to find her. */
export interface CallListRow {
  communeCode: string;
  village: string;
  /** The last two digits of the card; the relay asks for the rest. */
  cardEnds: string | null;
  initials: string;
  why: string;
}

/** Households that the campaign did not reach, village by village, for relays and NGOs. */
export async function campaignCallList(
  { pool }: Pick<Database, 'pool'>,
  campaignId: number,
  { communeCode, most = 5_000 }: { communeCode?: string; most?: number } = {},
): Promise<CallListRow[]> {
  const { rows } = await pool.query<CallListRow>(
    `select h.commune_code as "communeCode", h.village, right(h.card_number, 2) as "cardEnds",
       left(h.recipient_first_name, 1) || '. ' || left(h.recipient_last_name, 1) || '.' as initials,
       coalesce(r.reason, case when m.state in ('cancelled', 'expired') then m.reason else m.state end) as why
     from campaign_recipients r
     join households h on h.id = r.household_id
     left join messages m on m.msisdn = r.msisdn and m.purpose = 'campaign.message' and m.subject_id = r.campaign_id
       and r.reason is null
     where r.campaign_id = $1 and coalesce(r.reason, '') <> 'suspended'
       and (r.reason is not null or m.state in ('failed', 'unknown', 'cancelled', 'expired'))
       and ($2::text is null or h.commune_code = $2)
     order by h.commune_code, h.village, h.id limit $3`,
    [campaignId, communeCode ?? null, most],
  );
  return rows;
}

/** Households without a phone, village by village: how many a relay has to tell by word of mouth. */
export async function relayVillages(
  { pool }: Pick<Database, 'pool'>,
  campaignId: number,
): Promise<{ communeCode: string; village: string; households: number }[]> {
  const { rows } = await pool.query<{
    communeCode: string;
    village: string;
    households: number;
  }>(
    `select h.commune_code as "communeCode", h.village, count(*)::integer as households
     from campaign_recipients r join households h on h.id = r.household_id
     where r.campaign_id = $1 and r.reason in ('noPhone', 'insecureZone', 'stale')
     group by 1, 2 order by 1, 2`,
    [campaignId],
  );
  return rows;
}
