import type { Clock } from '../runtime/clock';
import { inTransaction, type Database, type Tx } from '../runtime/database';
import { recordAudit } from '../staff/audit';
import type { StaffMember } from '../staff/staff-member';
import type { IsoDay } from '../text/dates';

/** Look-ups that an account has in an hour. Source: the programme's stories, pay agent. */
export const lookUpsAnHour = 60;

/** One line of a list, as the agency that pays it may see it: nobody's name, no telephone. */
export interface ListedPayment {
  amountXof: number;
  monthsCovered: number | null;
  payPoint: string | null;
  village: string;
  /** The last four digits of the card. */
  cardEnd: string;
  /** The agency's own newest word. */
  result: string | null;
  paidOn: IsoDay | null;
}

/** What a list holds under a card; or how many minutes until the next look-up. */
export type LookedUp =
  | { kind: 'found'; payments: ListedPayment[] }
  | { kind: 'wait'; minutes: number };

/** A card of eight digits in one wave of the provider. */
export interface CardLookUp {
  waveId: number;
  providerCode: string;
  cardNumber: string;
}

const hourMs = 3_600_000;

/**
 * Looks for a card in one list of the account's own provider. Every look-up is counted and audited, whatever it finds;
 * the wave of another provider holds nothing.
 */
export function lookUpCard(
  { db, clock }: { db: Database; clock: Clock },
  { id }: Pick<StaffMember, 'id'>,
  wanted: CardLookUp,
): Promise<LookedUp> {
  return inTransaction(db, async (tx) => {
    const minutes = await minutesToWait(tx, clock, id);
    if (minutes > 0) return { kind: 'wait', minutes };
    await tx.cardLookUp.create({
      data: { accountId: id, lookedAt: clock.now() },
      select: { id: true },
    });
    const payments = await paymentsOfCard(tx, wanted);
    await recordAudit(tx, {
      ...{ actor: `officer:${id}`, action: 'ownList.lookedUp' },
      ...{ subject: `wave:${wanted.waveId}` },
      details: { found: payments.length },
    });
    return { kind: 'found', payments };
  });
}

/** Whole minutes until fewer than the most look-ups lie in the last hour. Those of one account are counted one after the other. */
async function minutesToWait(
  tx: Tx,
  clock: Clock,
  accountId: number,
): Promise<number> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`card look-ups ${accountId}`}, 0))`;
  const now = clock.now().getTime();
  const past = await tx.cardLookUp.findMany({
    where: { accountId, lookedAt: { gt: new Date(now - hourMs) } },
    ...{ select: { lookedAt: true }, orderBy: { lookedAt: 'desc' } },
    take: lookUpsAnHour,
  });
  const oldest = past[lookUpsAnHour - 1];
  if (oldest === undefined) return 0;
  return Math.ceil((oldest.lookedAt.getTime() + hourMs - now) / 60_000);
}

function paymentsOfCard(
  tx: Tx,
  { waveId, providerCode, cardNumber }: CardLookUp,
): Promise<ListedPayment[]> {
  return tx.$queryRaw<ListedPayment[]>`
    select pay.amount_xof as "amountXof", pay.months_covered as "monthsCovered", pay.pay_point as "payPoint",
      home.village, right(home.card_number, 4) as "cardEnd", said.result, said.paid_on::text as "paidOn"
    from households home
    join payments pay on pay.household_id = home.id and pay.status = 'planned'
    join waves wave on wave.id = pay.wave_id
    left join lateral (select result, paid_on from payment_results where payment_id = pay.id
      order by updated_at desc limit 1) said on true
    where home.card_number = ${cardNumber} and wave.id = ${waveId} and wave.provider_code = ${providerCode}
    order by pay.id limit 20`;
}
