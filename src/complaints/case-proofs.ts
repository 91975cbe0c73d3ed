import type { Database } from '../runtime/database';
import type { IsoDay } from '../text/dates';
import { waveWindowSql } from '../register/wave-window';

/** One payment as list, agency and household tell it, each by its newest word. */
export interface PaymentProof {
  paymentId: number;
  /** It is this one that the complaint is about. */
  isMeant: boolean;
  wave: string;
  windowStart: IsoDay;
  windowEnd: IsoDay;
  amountXof: number;
  payPoint: string | null;
  listedAt: Date;
  provider: string;
  result: string | null;
  paidXof: number | null;
  paidOn: IsoDay | null;
  agentCode: string | null;
  resultAt: Date | null;
  answer: string | null;
  declaredXof: number | null;
  askedForMoney: boolean | null;
  answerProof: string | null;
  answerChannel: string | null;
  answeredAt: Date | null;
}

/** Payments shown beside a complaint. */
const most = 3;

/**
 * What list, agency and household say of the payment that a complaint is about; where it names none, of the last of
 * its household.
 */
export async function paymentProofs(
  { pool }: Pick<Database, 'pool'>,
  {
    householdId,
    paymentId,
  }: { householdId: number | null; paymentId: number | null },
): Promise<PaymentProof[]> {
  const { rows } = await pool.query<PaymentProof>(
    `select pay.id as "paymentId", pay.id = $2 as "isMeant", wave.code as wave,
      ${waveWindowSql('wave').from} as "windowStart",
      ${waveWindowSql('wave').to} as "windowEnd",
      pay.amount_xof as "amountXof", pay.pay_point as "payPoint", pay.updated_at as "listedAt",
      wave.provider_name as provider, said.result, said.amount_xof as "paidXof", said.paid_on as "paidOn",
      said.agent_code as "agentCode", said.updated_at as "resultAt",
      answer.answer, answer.declared_amount_xof as "declaredXof", answer.asked_for_money as "askedForMoney",
      answer.proof_level as "answerProof", answer.channel as "answerChannel", answer.answered_at as "answeredAt"
     from payments pay
     join waves wave on wave.id = pay.wave_id
     left join lateral (select * from payment_results where payment_id = pay.id order by updated_at desc limit 1) said on true
     left join lateral (select * from receipts where payment_id = pay.id order by answered_at desc, id desc limit 1) answer on true
     where ($2::int is not null and pay.id = $2) or ($2::int is null and pay.household_id = $1)
     order by "windowStart" desc, pay.id desc limit ${most}`,
    [householdId, paymentId],
  );
  return rows.map((row) => ({ ...row, isMeant: row.paymentId === paymentId }));
}

/** A distribution, and what the household says of its ration. */
export interface RationProof {
  code: string;
  date: IsoDay;
  place: string;
  status: string;
  answer: string | null;
  answerProof: string | null;
  answeredAt: Date | null;
}

/** What the plan and the household say of the distribution that a complaint is about. */
export async function rationProof(
  { pool }: Pick<Database, 'pool'>,
  {
    householdId,
    distributionId,
  }: { householdId: number | null; distributionId: number },
): Promise<RationProof | undefined> {
  const { rows } = await pool.query<RationProof>(
    `select d.code, coalesce(d.new_date, d.date) as date, d.place, d.status, said.answer,
      said.proof_level as "answerProof", said.answered_at as "answeredAt"
     from distributions d
     left join lateral (select * from ration_receipts where distribution_id = d.id and household_id = $2
       order by answered_at desc, id desc limit 1) said on true
     where d.id = $1`,
    [distributionId, householdId],
  );
  return rows[0];
}
