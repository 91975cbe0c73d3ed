import type { IsoDay } from '../text/dates';
import {
  monthsBetween,
  type SyntheticCalendar,
  type SyntheticCohort,
} from './synthetic-calendar';
import { draw } from './synthetic-draw';
import type {
  SyntheticEnrolment,
  SyntheticGround,
  SyntheticHousehold,
} from './synthetic-household';
import {
  ruleOf,
  SYNTHETIC_RULES,
  SYNTHETIC_WAVES,
  type SyntheticRule,
  type SyntheticWave,
} from './synthetic-waves';

/** What the rows are dated and priced from. */
export interface SyntheticFrame extends SyntheticGround {
  readonly today: IsoDay;
  readonly calendar: SyntheticCalendar;
  /** Whether every payment of a wave has an amount of its own. */
  readonly distinctAmounts: boolean;
}

type Row = readonly string[];

const RESULT = { result: 40, agent: 41, part: 42 };

/** The instant at which every row of a day's programme was last changed. */
export function changedAt(frame: SyntheticFrame): string {
  return `${frame.today}T00:00:00Z`;
}

/** The rows of `benefit-rules`. */
export function* ruleRows(): Generator<Row> {
  for (const rule of SYNTHETIC_RULES as readonly SyntheticRule[]) {
    yield [
      ...[rule.code, rule.programme, rule.financing, rule.nameFr],
      ...[text(rule.monthlyAmountXof), text(rule.lumpSumXof)],
      ...[text(rule.monthsPerInstalment), text(rule.durationMonths)],
      ...['2014-01-01', ''],
    ];
  }
}

/** The row of `households` of one household. */
export function* householdRows(
  frame: SyntheticFrame,
  household: SyntheticHousehold,
): Generator<Row> {
  const { card, commune, village, names, alternate = ['', ''] } = household;
  yield [
    ...[household.number, card.number, card.check],
    ...[commune.pcode ?? '', commune.cercle, commune.commune],
    ...[village.code, village.name, ...names, household.sex, ...alternate],
    ...[
      household.phone?.replace('+223', '') ?? '',
      household.phoneOwner,
      household.locale,
    ],
    ...[household.smsConsent ? 'yes' : 'no', household.status],
    changedAt(frame),
  ];
}

/** The rows of `enrolments` of one household. */
export function* enrolmentRows(
  frame: SyntheticFrame,
  household: SyntheticHousehold,
): Generator<Row> {
  for (const enrolment of household.enrolments) {
    const { start, end = '' } = cohort(frame, enrolment);
    yield [
      ...[household.number, enrolment.rule, start, end],
      ...['active', changedAt(frame)],
    ];
  }
}

/** The rows of `waves`. */
export function* waveRows(frame: SyntheticFrame): Generator<Row> {
  const day = (offset: number | undefined): string =>
    offset === undefined ? '' : frame.calendar.day(offset);
  for (const wave of SYNTHETIC_WAVES) {
    yield [
      ...[wave.code, wave.rule, ...wave.provider, wave.modality],
      ...[wave.feePaidBy, day(wave.window[0]), day(wave.window[1])],
      ...[wave.status, day(wave.newWindow?.[0]), day(wave.newWindow?.[1])],
      ...[wave.zone, changedAt(frame)],
    ];
  }
}

/** The rows of `payments` of one household. */
export function* paymentRows(
  frame: SyntheticFrame,
  household: SyntheticHousehold,
): Generator<Row> {
  for (const { enrolment, wave } of listed(frame, household)) {
    const rule = ruleOf(wave.rule);
    const point =
      wave.modality === 'cash' ? `Mairie de ${household.commune.commune}` : '';
    yield [
      ...[wave.code, household.number, wave.rule],
      ...instalment(frame, rule, enrolment, wave),
      ...[text(wave.months), text(amountOf(frame, household, wave)), point],
      ...[`${wave.code}-${household.index + 1}`, 'planned', changedAt(frame)],
    ];
  }
}

/** The rows of `payment-results` of one household: of its closed waves. */
export function* resultRows(
  frame: SyntheticFrame,
  household: SyntheticHousehold,
): Generator<Row> {
  for (const { wave } of listed(frame, household)) {
    if (wave.status !== 'closed') continue;
    const due = amountOf(frame, household, wave);
    const result = household.result ?? drawnResult(frame, household, wave);
    const paid = result === 'partial' ? due - 10_000 : due;
    const hasMoney = result === 'paid' || result === 'partial';
    const chance = draw(frame.seed, household.index, RESULT.agent);
    yield [
      ...[wave.code, household.number, wave.rule, result],
      hasMoney ? String(paid) : '',
      hasMoney ? frame.calendar.day(wave.window[0] + 1) : '',
      ...[`AG-${Math.floor(chance * 40) + 1}`, changedAt(frame)],
    ];
  }
}

/** The waves that list a household, with the enrolment that puts it there. */
function* listed(
  frame: SyntheticFrame,
  household: SyntheticHousehold,
): Generator<{ enrolment: SyntheticEnrolment; wave: SyntheticWave }> {
  for (const enrolment of household.enrolments) {
    const { start, end } = cohort(frame, enrolment);
    for (const wave of SYNTHETIC_WAVES) {
      if (wave.rule !== enrolment.rule) continue;
      if (!wave.groups.includes(enrolment.group)) continue;
      const opens = frame.calendar.day(wave.window[0]);
      if (opens < start || (end !== undefined && opens > end)) continue;
      yield { enrolment, wave };
    }
  }
}

function cohort(
  frame: SyntheticFrame,
  enrolment: SyntheticEnrolment,
): SyntheticCohort {
  const { durationMonths } = ruleOf(enrolment.rule);
  return frame.calendar.cohort(enrolment.monthsAgo, durationMonths);
}

function instalment(
  frame: SyntheticFrame,
  rule: SyntheticRule,
  enrolment: SyntheticEnrolment,
  wave: SyntheticWave,
): [number: string, total: string] {
  if (rule.lumpSumXof !== undefined) return ['1', '1'];
  const months = wave.months ?? 1;
  const elapsed = monthsBetween(
    cohort(frame, enrolment).start,
    frame.calendar.day(wave.window[0]),
  );
  const total = Math.floor((rule.durationMonths ?? months) / months);
  const number = Math.min(total, Math.floor(elapsed / months) + 1);
  return [String(number), String(total)];
}

function amountOf(
  frame: SyntheticFrame,
  household: SyntheticHousehold,
  wave: SyntheticWave,
): number {
  // Steps of five francs: the amounts stay such as people say them.
  const own = frame.distinctAmounts ? 5 * (household.index + 1) : 0;
  return wave.amountXof + own;
}

function drawnResult(
  frame: SyntheticFrame,
  household: SyntheticHousehold,
  wave: SyntheticWave,
): string {
  // The demo people's payments were all paid, unless their story says otherwise.
  if (household.number.startsWith('RSU9')) return 'paid';
  const question = RESULT.result + SYNTHETIC_WAVES.indexOf(wave) * 100;
  const chance = draw(frame.seed, household.index, question);
  if (chance < 0.88) return 'paid';
  if (chance < 0.91) return 'partial';
  if (chance < 0.96) return 'absent';
  return chance < 0.98 ? 'rejected' : 'returned';
}

function text(value: number | undefined): string {
  return value === undefined ? '' : String(value);
}
