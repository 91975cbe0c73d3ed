/** One figure: what it tells, and the facts by which it is told apart. */
interface Figure {
  help: string;
  labels: readonly string[];
}

/** What is counted. Every name ends in `_total`. */
const counters = {
  jigi_ussd_steps_total: {
    help: 'Steps of calls that the log tells, by screen and by what the step was; those that failed have no screen',
    labels: ['gateway', 'flow', 'screen', 'outcome'],
  },
  jigi_ussd_lockouts_total: {
    help: 'Wrong cards that locked a number or a card: the third in half an hour, the sixth in a day',
    labels: ['until'],
  },
  jigi_ussd_locked_cards_total: {
    help: 'Cards refused without being looked at while a lock held',
    labels: ['until'],
  },
  jigi_messages_total: {
    help: 'SMS by what became of them: taken by a gateway, back in the queue, failed, unknown',
    labels: ['state', 'gateway', 'class'],
  },
  jigi_door_events_total: {
    help: 'Requests refused at the door of a gateway, or failed behind it',
    labels: ['gateway', 'event'],
  },
  jigi_sms_reports_total: {
    help: 'Delivery reports by what became of them',
    labels: ['gateway', 'outcome'],
  },
  jigi_sms_inbound_total: {
    // Those that are sealed are not counted: an hour with one of them would stand out.
    help: 'SMS taken in, by what they were taken for',
    labels: ['gateway', 'meaning'],
  },
  jigi_log_lines_total: {
    help: 'Lines of the log, those below its level too',
    labels: ['level'],
  },
  jigi_job_runs_total: {
    help: 'Runs of the timetable',
    labels: ['task', 'outcome'],
  },
} as const satisfies Readonly<Record<string, Figure>>;

/** What is measured in seconds. */
const durations = {
  jigi_ussd_step_seconds: {
    // Not by whether the call ends: ends less what the log tells would be the call-backs.
    help: 'Time from a step at the door to its screen',
    labels: ['gateway'],
  },
  jigi_sms_request_seconds: {
    help: 'Time from a request to an SMS gateway to its answer, or until it was given up',
    labels: ['gateway'],
  },
  jigi_ussd_wait_seconds: {
    help: 'Time that steps wait for the session store and the database',
    labels: ['on'],
  },
} as const satisfies Readonly<Record<string, Figure>>;

/**
 * Every figure but those that are asked when they are read. A new one is added
 * here first, after asking what it tells about a person: its labels are words of
 * closed lists, never a number or a name of anybody.
 */
export const FIGURES = { counters, durations } as const;

/** What is counted, by name. */
export type CounterName = keyof typeof counters;

/** What is measured in seconds, by name. */
export type DurationName = keyof typeof durations;

/** The facts of one figure, all of them. */
export type LabelsOf<Name extends CounterName | DurationName> = Readonly<
  Record<
    (Name extends CounterName
      ? (typeof counters)[Name]
      : Name extends DurationName
        ? (typeof durations)[Name]
        : never)['labels'][number],
    string
  >
>;

/** Upper bounds of the classes in which durations are counted, up to the polite end of a step. */
export const CLASSES_SECONDS = [
  0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 3,
] as const;
