import { waveWindowSql } from '../register/wave-window';

/** One payment as the store has it, newest word of the provider and of the household included. */
export interface PaymentRow {
  paymentId: number;
  ruleCode: string;
  waveStatus: string;
  modality: 'cash' | 'wallet' | 'bank';
  feePaidBy: 'programme' | 'household' | null;
  provider: string;
  windowStart: string;
  windowEnd: string;
  newWindowStart: string | null;
  newWindowEnd: string | null;
  zoneProfile: 'normal' | 'insecure';
  payPoint: string | null;
  amountXof: number;
  monthsCovered: number | null;
  instalment: number | null;
  instalments: number | null;
  result: 'paid' | 'partial' | 'absent' | 'rejected' | 'returned' | null;
  paidOn: string | null;
  /** What the provider says it paid; null or absent where it does not say. */
  paidXof?: number | null;
  receipt: 'RECEIVED' | 'NOT_RECEIVED' | 'RECEIVED_WITH_ISSUES' | null;
}

/** One enrolment that counts: never a removed one. */
export interface EnrolmentRow {
  /** Last day of the benefit; null when it has no end. */
  endsOn: string | null;
}

/**
 * SQL of a household's payments as JSON ({@link PaymentRow}[]), newest window
 * first. A wave is not spoken of before its provider has accepted it.
 * @param household SQL that gives the household's id
 */
export function paymentsOfHouseholdSql(household: string): string {
  return `(select coalesce(json_agg(p), '[]') from (
    select pay.id as "paymentId", rule.code as "ruleCode", wave.status as "waveStatus",
      wave.modality, wave.fee_paid_by as "feePaidBy", wave.provider_name as provider,
      wave.window_start as "windowStart", wave.window_end as "windowEnd",
      wave.new_window_start as "newWindowStart", wave.new_window_end as "newWindowEnd",
      wave.zone_profile as "zoneProfile", pay.pay_point as "payPoint",
      pay.amount_xof as "amountXof", pay.months_covered as "monthsCovered",
      pay.instalment_number as instalment, pay.instalments_total as instalments,
      said.result, said.paid_on as "paidOn",
      said.amount_xof as "paidXof", answer.answer as receipt
    from payments pay
    join waves wave on wave.id = pay.wave_id
    join benefit_rules rule on rule.id = pay.benefit_rule_id
    left join lateral (select result, paid_on, amount_xof from payment_results
      where payment_id = pay.id order by updated_at desc limit 1) said on true
    left join lateral (select answer from receipts
      where payment_id = pay.id order by answered_at desc, id desc limit 1) answer on true
    where pay.household_id = ${household} and pay.status = 'planned' and wave.status <> 'planned'
    order by ${waveWindowSql('wave').from} desc, pay.id
    limit 24) p)`;
}

/** SQL of when a household's benefits end, as JSON ({@link EnrolmentRow}[]). */
export function enrolmentsOfHouseholdSql(household: string): string {
  return `(select coalesce(json_agg(e), '[]') from (
    select coalesce(enrolment.cohort_end,
      (enrolment.cohort_start + make_interval(months => rule.duration_months))::date - 1) as "endsOn"
    from enrolments enrolment
    join benefit_rules rule on rule.id = enrolment.benefit_rule_id
    where enrolment.household_id = ${household} and enrolment.status = 'active') e)`;
}
