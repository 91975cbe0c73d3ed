import type { Refusal } from './may-write';
import type { Purpose } from './purposes';

/** What reminders are about: a wave of payments, a session, a distribution, a cohort whose time ends. */
export type SubjectKind = 'wave' | 'session' | 'distribution' | 'cohort';

/** What is known of a subject's date. */
export type SubjectState = 'dated' | 'postponed' | 'cancelled';

/** A moment counted from the first or the last day of a subject, or from the day on which it is planned. */
export interface Moment {
  from: 'firstDay' | 'lastDay' | 'today';
  months?: number;
  days?: number;
  /** Hour of the day in Bamako. */
  hour: number;
}

/** One line of the table: what is told, to whom, and when. */
export interface ReminderRule {
  /** Also names the rule, and its texts in locales/<language>/sms.json. */
  purpose: Purpose;
  kind: SubjectKind;
  /** What must be known of its subject. */
  state: SubjectState;
  /** Every household concerned; or exactly the phones that were told another date of the subject before. */
  to: 'concerned' | 'told';
  /** Absent: at once, in decent hours. */
  due?: Moment;
  /** A message that has not gone by then tells nobody anything any more. */
  expires: Moment;
  /** Whether it names a day: then numbers that no longer answer do not get it. */
  tellsDays: boolean;
  /** Households that get no message for one of these reasons are put on the call list. */
  visits: readonly Refusal[];
  /** In an insecure zone nothing is broadcast at all: relays are asked to tell. */
  insecureZone?: 'visit';
  /** Not to a phone that heard of this same date within the last days because it was moved. */
  unlessJustMoved?: Purpose;
}

const everybody: readonly Refusal[] = [
  ...(['noPhone', 'optedOut', 'noConsent', 'insecureZone', 'stale'] as const),
];

const concerned = { state: 'dated', to: 'concerned' } as const;

/** What is told at once to those who were told before, when a date is moved, put off or dropped. */
function changes(
  kind: SubjectKind,
  [moved, postponed, cancelled]: readonly [Purpose, Purpose, Purpose],
): ReminderRule[] {
  const told = { kind, to: 'told', visits: everybody } as const;
  const aWeek: Moment = { from: 'today', days: 7, hour: 19 };
  return [
    {
      ...{ ...told, purpose: moved, state: 'dated', tellsDays: true },
      expires: { from: 'lastDay', hour: 19 },
    },
    {
      ...{ ...told, purpose: postponed, state: 'postponed', tellsDays: false },
      expires: aWeek,
    },
    {
      ...{ ...told, purpose: cancelled, state: 'cancelled', tellsDays: false },
      expires: aWeek,
    },
  ];
}

/** A gathering is recalled the day before; nothing is worth reading once it has begun. */
function dayBefore(
  kind: SubjectKind,
  purpose: Purpose,
  unlessJustMoved: Purpose,
): ReminderRule {
  return {
    ...{ ...concerned, kind, purpose, unlessJustMoved, tellsDays: true },
    due: { from: 'firstDay', days: -1, hour: 9 },
    expires: { from: 'firstDay', hour: 10 },
    visits: ['insecureZone', 'optedOut'],
  };
}

/** Source: the programme's table of benefits; D is the first day of a window. */
export const reminderRules: readonly ReminderRule[] = [
  {
    ...{ ...concerned, kind: 'wave', purpose: 'payment.announced' },
    due: { from: 'firstDay', days: -3, hour: 8 },
    expires: { from: 'firstDay', hour: 8 },
    ...{ tellsDays: true, visits: everybody },
    unlessJustMoved: 'payment.moved',
  },
  {
    ...{ ...concerned, kind: 'wave', purpose: 'payment.available' },
    due: { from: 'firstDay', hour: 8 },
    expires: { from: 'lastDay', hour: 19 },
    ...{ tellsDays: true, visits: ['insecureZone'], insecureZone: 'visit' },
    unlessJustMoved: 'payment.moved',
  },
  {
    ...{ ...concerned, kind: 'wave', purpose: 'payment.unconfirmed' },
    due: { from: 'firstDay', days: 5, hour: 9 },
    expires: { from: 'firstDay', days: 15, hour: 19 },
    ...{ tellsDays: false, visits: [] },
  },
  ...changes('wave', [
    'payment.moved',
    'payment.postponed',
    'payment.cancelled',
  ]),
  dayBefore('session', 'session.reminder', 'session.moved'),
  ...changes('session', [
    'session.moved',
    'session.postponed',
    'session.cancelled',
  ]),
  dayBefore('distribution', 'distribution.reminder', 'distribution.moved'),
  ...changes('distribution', [
    'distribution.moved',
    'distribution.postponed',
    'distribution.cancelled',
  ]),
  {
    ...{ ...concerned, kind: 'cohort', purpose: 'benefit.endsInThreeMonths' },
    due: { from: 'lastDay', months: -3, hour: 9 },
    expires: { from: 'lastDay', months: -3, days: 14, hour: 19 },
    ...{ tellsDays: false, visits: everybody },
  },
  {
    ...{ ...concerned, kind: 'cohort', purpose: 'benefit.endsInOneMonth' },
    due: { from: 'lastDay', months: -1, hour: 9 },
    expires: { from: 'lastDay', months: -1, days: 14, hour: 19 },
    ...{ tellsDays: false, visits: everybody },
  },
];

/** The rules about one kind of subject. */
export function rulesOf(kind: SubjectKind): ReminderRule[] {
  return reminderRules.filter((rule) => rule.kind === kind);
}

/** The rule of a name; undefined for one that an earlier release had. */
export function reminderRule(name: string): ReminderRule | undefined {
  return reminderRules.find(({ purpose }) => purpose === name);
}
