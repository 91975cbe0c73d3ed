import { isDecent, nextDecent, decentMinutes } from '../messaging/quiet-hours';
import { operatorLanes, type OperatorLane } from '../messaging/operator-lane';
import { pricesOf, type PriceTable } from '../messaging/price-table';
import { inSqlTransaction } from '../runtime/sql-transaction';
import { audienceSql, binding } from './audience-sql';
import { type CampaignDesk } from './campaign-desk';
import {
  fillingOf,
  questionOf,
  type WrittenCampaign,
} from './campaign-filling';
import { composeCampaign, type ComposedRow } from './compose-campaign';
import { roomy } from './freeze-audience';

/** Why a household gets no message. */
export const exclusions = {
  suspended: 'suspendu',
  noPhone: 'sans téléphone',
  optedOut: 'ne veut pas de SMS',
  noConsent: 'sans accord pour les SMS',
  insecureZone: 'zone peu sûre',
  stale: 'numéro à vérifier',
  dailyCap: 'déjà trois SMS ce jour-là',
} as const;

/** Why a household gets no message. */
export type Exclusion = keyof typeof exclusions;

/** Messages of one network. */
export interface OperatorNumbers {
  operator: OperatorLane;
  messages: number;
  segments: number;
  costXof: number;
}

/** What a campaign would do, before anything is sent. */
export interface CampaignNumbers {
  /** Households that the audience names. */
  households: number;
  excluded: { reason: Exclusion; households: number }[];
  /** Households told by the message of another on the same phone. */
  collapsed: number;
  /** Phones, each of which gets one message. */
  messages: number;
  segments: number;
  costXof: number;
  byOperator: OperatorNumbers[];
  byLanguage: { locale: string; messages: number }[];
  /** When it would begin and end, by the rates of the gateways and the hours that are kept. */
  beginsAt: Date;
  endsAt: Date;
  /** Seconds of sending, nights left out. */
  seconds: number;
  load: UssdLoad;
}

/** What callers do once they have read: source, the programme's volumes, peak after a broadcast. */
export interface UssdLoad {
  smsPerSecond: number;
  sessionsPerSecond: number;
  requestsPerSecond: number;
  openSessions: number;
}

/** One in five receivers dials within a quarter of an hour: six requests, 45 seconds. */
export function ussdLoad(smsPerSecond: number): UssdLoad {
  const sessionsPerSecond = 0.2 * smsPerSecond;
  return {
    ...{ smsPerSecond, sessionsPerSecond },
    requestsPerSecond: 6 * sessionsPerSecond,
    openSessions: 45 * sessionsPerSecond,
  };
}

/** Households of one sort. */
interface Counted {
  reason: Exclusion | null;
  operator: OperatorLane;
  locale: string;
  is_shared: boolean;
  zone: string;
  consents: boolean;
  households: number;
  first: number;
}

const countColumns = `reason, coalesce(operator_of(msisdn), 'other') as operator, locale, is_shared, zone, consents,
  count(*)::integer as households, (count(*) filter (where is_first))::integer as first`;
const countGroups = `group by reason, coalesce(operator_of(msisdn), 'other'), locale, is_shared, zone, consents`;

/** Asks the store, in the transaction of whoever asks. */
export type Ask = (sql: string, values: unknown[]) => Promise<Counted[]>;

/**
 * The numbers of a campaign as it stands: of its frozen audience, or of the one that the register gives now.
 * @param ask absent: in a transaction of its own
 */
export async function reckonCampaign(
  desk: CampaignDesk,
  campaign: WrittenCampaign & { id: number; frozenAt: Date | null },
  ask: Ask = (sql, values) => askAlone(desk, sql, values),
): Promise<CampaignNumbers> {
  const { bind, values } = binding();
  const source =
    campaign.frozenAt === null
      ? audienceSql(await questionOf(desk, campaign), bind)
      : `select * from campaign_recipients where campaign_id = ${bind(campaign.id)}::integer`;
  const counted = await ask(
    `select ${countColumns} from (${source}) one ${countGroups}`,
    values,
  );
  const rows = composeCampaign(fillingOf(desk, campaign));
  const prices = await pricesOf(desk.db, desk);
  return numbersOf(desk, { counted, rows, prices }, campaign.scheduledAt);
}

async function askAlone(
  { db }: Pick<CampaignDesk, 'db'>,
  sql: string,
  values: unknown[],
): Promise<Counted[]> {
  return inSqlTransaction(db, async (tx) => {
    await tx.query(roomy);
    return (await tx.query<Counted>(sql, values)).rows;
  });
}

/** Adds up what was counted. Pure but for the clock. */
function numbersOf(
  desk: Pick<CampaignDesk, 'clock' | 'wayOf'>,
  found: {
    counted: readonly Counted[];
    rows: readonly ComposedRow[];
    prices: PriceTable;
  },
  scheduledAt: Date | null,
): CampaignNumbers {
  const { counted, rows, prices } = found;
  const reached = counted.filter(({ reason }) => reason === null);
  const segmentsOf = (one: Counted): number =>
    one.first * (rows.find((row) => fits(row, one))?.segments ?? 1);
  const byOperator = operatorLanes
    .map((operator) => {
      const own = reached.filter((one) => one.operator === operator);
      const segments = sum(own.map(segmentsOf));
      return {
        ...{ operator, segments, costXof: segments * prices[operator] },
        messages: sum(own.map(({ first }) => first)),
      };
    })
    .filter(({ messages }) => messages > 0);
  const messages = sum(byOperator.map((one) => one.messages));
  const households = sum(counted.map((one) => one.households));
  const locales = [...new Set(reached.map(({ locale }) => locale))].sort();
  const now = desk.clock.now();
  const beginsAt = nextDecent(
    scheduledAt !== null && scheduledAt > now ? scheduledAt : now,
  );
  const seconds = secondsOf(desk, byOperator);
  const perSecond = seconds === 0 ? 0 : messages / seconds;
  return {
    ...{ households, messages, byOperator, beginsAt, seconds },
    excluded: excludedIn(counted),
    collapsed: sum(reached.map((one) => one.households)) - messages,
    segments: sum(byOperator.map((one) => one.segments)),
    costXof: sum(byOperator.map((one) => one.costXof)),
    byLanguage: locales.map((locale) => ({
      locale,
      messages: sum(
        reached
          .filter((one) => one.locale === locale)
          .map(({ first }) => first),
      ),
    })),
    endsAt: endOf(beginsAt, seconds),
    load: ussdLoad(perSecond),
  };
}

/** Gateways send beside each other: the slowest ends last. Networks that share one share its pace. */
function secondsOf(
  { wayOf }: Pick<CampaignDesk, 'wayOf'>,
  byOperator: readonly OperatorNumbers[],
): number {
  const each = new Map<string, number>();
  for (const { operator, messages } of byOperator) {
    const { gateway, perSecond } = wayOf(operator);
    each.set(gateway, (each.get(gateway) ?? 0) + messages / perSecond);
  }
  return Math.max(0, ...each.values());
}

function excludedIn(counted: readonly Counted[]): CampaignNumbers['excluded'] {
  // Object.keys of our own literal answers exactly its keys.
  return (Object.keys(exclusions) as Exclusion[])
    .map((reason) => ({
      reason,
      households: sum(
        counted
          .filter((one) => one.reason === reason)
          .map((one) => one.households),
      ),
    }))
    .filter(({ households }) => households > 0);
}

function fits(row: ComposedRow, one: Counted): boolean {
  return (
    row.locale === one.locale &&
    row.shared === one.is_shared &&
    row.zone === one.zone &&
    row.consents === one.consents
  );
}

/** When so many seconds of sending are over, nights left out. */
export function endOf(beginsAt: Date, seconds: number): Date {
  let at = beginsAt;
  let left = seconds * 1000;
  for (;;) {
    const evening = new Date(at);
    evening.setUTCHours(0, decentMinutes.to, 0, 0);
    const today = isDecent(at) ? evening.getTime() - at.getTime() : 0;
    if (left <= today) return new Date(at.getTime() + left);
    left -= today;
    at = nextDecent(evening);
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
