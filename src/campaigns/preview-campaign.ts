import { inSqlTransaction } from '../runtime/sql-transaction';
import { formatXof } from '../text/money';
import { maskMsisdn } from '../text/msisdn';
import { smsLength, type Encoding } from '../text/segments';
import { audienceSql, binding } from './audience-sql';
import type { CampaignDesk } from './campaign-desk';
import {
  fillingOf,
  questionOf,
  type WrittenCampaign,
} from './campaign-filling';
import { composeCampaign, withAmount } from './compose-campaign';
import { roomy } from './freeze-audience';

/** Households shown of each kind. */
const ofEach = 10;

/** A text as one household's phone would show it; nobody can be known from it. */
export interface PreviewedSms {
  /** As `+223••••••56`. */
  msisdn: string;
  village: string;
  text: string;
  encoding: Encoding;
  /** Septets, or units of two bytes. */
  units: number;
  segments: number;
}

/** Households that get the same text, but for their amount. */
export interface PreviewedKind {
  locale: string;
  shared: boolean;
  zone: string;
  variant: string;
  examples: PreviewedSms[];
}

/** Ten real households of each kind of phone that a campaign reaches, masked. */
export async function previewCampaign(
  desk: CampaignDesk,
  campaign: WrittenCampaign & { id: number },
): Promise<PreviewedKind[]> {
  const { bind, values } = binding();
  const audience = audienceSql(await questionOf(desk, campaign), bind);
  const wave = campaign.subjectKind === 'wave' ? campaign.subjectId : null;
  const sql = `select one.*, h.village, owed.amount from (
      select found.*, row_number() over (partition by locale, is_shared, zone, consents order by household_id) as place
      from (${audience}) found where is_first) one
    join households h on h.id = one.household_id
    left join lateral (select sum(pay.amount_xof)::float8 as amount from payments pay
      where pay.household_id = h.id and pay.wave_id = ${bind(wave)}::integer and pay.status = 'planned') owed on true
    where one.place <= ${ofEach} order by locale, is_shared, zone, consents, place`;
  const found = await inSqlTransaction(desk.db, async (tx) => {
    await tx.query(roomy);
    return (await tx.query<PreviewRow>(sql, values)).rows;
  });
  const rows = composeCampaign(fillingOf(desk, campaign));
  const kinds = new Map<string, PreviewedKind>();
  for (const one of found) {
    const row = rows.find(
      (each) =>
        each.locale === one.locale &&
        each.shared === one.is_shared &&
        each.zone === one.zone &&
        each.consents === one.consents,
    );
    if (row === undefined) continue;
    const { variant, locale, shared, zone } = row;
    const key = [locale, shared, zone, variant].join(' ');
    const kind = kinds.get(key) ?? {
      locale,
      shared,
      zone,
      variant,
      examples: [],
    };
    kinds.set(key, kind);
    if (kind.examples.length < ofEach) kind.examples.push(shown(one, row.text));
  }
  return Array.from(kinds.values());
}

interface PreviewRow {
  msisdn: string;
  locale: string;
  is_shared: boolean;
  zone: string;
  consents: boolean;
  village: string;
  amount: number | null;
}

function shown(
  { msisdn, village, amount }: PreviewRow,
  written: string,
): PreviewedSms {
  const text = withAmount(written, formatXof(amount ?? 0));
  return { msisdn: maskMsisdn(msisdn), village, text, ...smsLength(text) };
}
