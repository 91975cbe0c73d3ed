import type { AnyStateMachine } from 'xstate';

/**
 * The words that flows and src/ussd share. A flow is a pure chart: it is told
 * facts (the dossier, answers) and emits decisions (commands). It knows no
 * digits on the keypad but its own entries, no pages, languages, lengths,
 * databases, dates of today or gateways.
 */

/** How far the caller has proved who they are, in this call only. */
export type Level = 'L0' | 'L1b' | 'L1';

/** Whose phone the register says this is. */
export type PhoneKind = 'own' | 'family' | 'neighbour' | 'relay' | 'unlinked';

/** A day in Africa/Bamako, `YYYY-MM-DD`. */
export type Day = string;

/** What a household's place in the programme is. */
export type Situation =
  'active' | 'suspended' | 'moved' | 'closed' | 'registered' | 'ended';

/**
 * One payment as the caller may hear of it. What the caller's level, zone or
 * phone does not allow is absent, not hidden: the flow cannot leak it.
 */
export interface PaymentFacts {
  paymentId: number;
  /** Where today stands: before, in or after the window; or the wave was moved or dropped. */
  state: 'coming' | 'open' | 'past' | 'postponed' | 'cancelled';
  /** The window that holds now; absent when postponed without a new date, or cancelled. */
  from?: Day;
  to?: Day;
  modality: 'cash' | 'wallet' | 'bank';
  feePaidBy?: 'programme' | 'household';
  provider?: string;
  place?: string;
  amountXof?: number;
  months?: number;
  instalment?: number;
  instalments?: number;
  /** The provider's word, when there is one. */
  result?: 'paid' | 'partial' | 'absent' | 'rejected' | 'returned';
  paidOn?: Day;
  /** How much the provider says it paid, where that was a part. */
  paidXof?: number;
  /** What the household already said of it. */
  receipt?: 'RECEIVED' | 'NOT_RECEIVED' | 'RECEIVED_WITH_ISSUES';
}

/** A session or a distribution that concerns the household: never whom or why. */
export interface Gathering {
  id: number;
  state: 'planned' | 'postponed' | 'cancelled';
  /** Absent when postponed without a new day, or cancelled. */
  day?: Day;
  time?: string;
  place?: string;
}

export interface WorksFacts {
  site?: string;
  days?: number;
  dailyWageXof?: number;
  windowFrom?: Day;
  windowTo?: Day;
}

export interface GrantFacts {
  status: 'selected' | 'trained' | 'paid';
  amountXof?: number;
  meetingDay?: Day;
  meetingPlace?: string;
}

/** A complaint of this household, or one found by its reference. */
export interface ComplaintFacts {
  complaintId: number;
  reference: string;
  open: boolean;
  /** Only after proof, and only for a complaint of the proved household. */
  detail?: {
    status:
      | 'received'
      | 'inProgress'
      | 'waiting'
      | 'answered'
      | 'appealed'
      | 'referred'
      | 'closed';
    dueOn?: Day;
    closedOn?: Day;
    /** What the officer answered: a sentence of `common.json`, such as `answer.cardReady`. */
    answer?: string;
    /** What an officer asks, while nobody has answered: a sentence of `common.json`, and what keys can answer it. */
    question?: { kind: 'yesNo' | 'digit' | 'date'; text: string };
    mayAppeal: boolean;
    mayRate: boolean;
  };
}

/** The household whose card was proved in this call. */
export interface HouseholdFacts {
  situation: Situation;
  zone: 'normal' | 'insecure';
  /** Open, coming, postponed or cancelled; the nearest window first. */
  payments: readonly PaymentFacts[];
  /** The last three that are past, newest first. */
  past: readonly PaymentFacts[];
  /** Windows open or past that the household may still speak of, newest first, at most six. */
  answerable: readonly PaymentFacts[];
  monthsLeft?: number;
  hasAlternate: boolean;
  sessions: readonly Gathering[];
  distributions: readonly Gathering[];
  /** A distribution of the last days that may be confirmed. */
  ration?: Gathering;
  works: readonly WorksFacts[];
  grants: readonly GrantFacts[];
  /** The day the facts are of, when they are older than the service is set to accept. */
  asOf?: Day;
}

/** What a flow may know of the caller. */
export interface Dossier {
  level: Level;
  phoneKind: PhoneKind;
  /** The caller's language is known: no need to ask. */
  localeKnown: boolean;
  /** SMS go to this phone. */
  smsOn: boolean;
  /** Numbers to call, as they are to be shown. */
  contacts: readonly string[];
  household?: HouseholdFacts;
}

/** The flows by name, in the order in which docs and tests walk them. */
export const flowNames = [
  'resume',
  'language',
  'main',
  'identity',
  'payment',
  'receipt',
  'complaint',
  'follow',
  'activities',
  'help',
  'settings',
] as const;

export type FlowName = (typeof flowNames)[number];

/** What one flow hands to the next; small, plain and never a secret. */
export type Handover = Readonly<Record<string, string | number | boolean>>;

export type ComplaintSubject =
  | 'payment.notPaid'
  | 'payment.amount'
  | 'payment.nothing'
  | 'payment.cannotGo'
  | 'card.lost'
  | 'card.damaged'
  | 'card.name'
  | 'phone.newNumber'
  | 'phone.lost'
  | 'targeting.notListed'
  | 'targeting.mistake'
  | 'targeting.change'
  | 'fraud.money'
  | 'conduct.agent'
  | 'conduct.threat'
  /** A session, the flour or a group: which of them, the officer asks. */
  | 'service.activity'
  | 'service.session'
  | 'service.flour'
  | 'service.group'
  | 'service.works'
  | 'accident.works'
  | 'ration.notReceived'
  | 'ration.incomplete'
  | 'thanks.thanks'
  | 'idea.payment'
  | 'idea.activities'
  | 'idea.phone'
  | 'idea.agents'
  | 'idea.other';

/** The programme's category codes; `sealed` is never filed here. */
export type ComplaintCategory =
  | 'information'
  | 'payment'
  | 'card'
  | 'targeting'
  | 'service'
  | 'fraud'
  | 'conduct'
  | 'accident'
  | 'thanks';

/** How the caller wants to hear. `none` is a request without a name. */
export type RespondBy = 'sms' | 'call' | 'dial' | 'none';

/** A decision for src/ussd to carry out. One handler each; a missing one does not compile. */
export type Command =
  | { type: 'open'; flow: FlowName; with?: Handover }
  | { type: 'resume' }
  | { type: 'language.choose'; locale: string }
  | { type: 'sms.choose'; on: boolean }
  | { type: 'identity.prove'; digits: string }
  | {
      type: 'receipt.record';
      paymentId: number;
      answer: 'RECEIVED' | 'NOT_RECEIVED' | 'RECEIVED_WITH_ISSUES';
      declaredAmountXof?: number;
      askedForMoney?: boolean;
    }
  | {
      type: 'ration.record';
      distributionId: number;
      answer: 'RECEIVED' | 'NOT_RECEIVED' | 'RECEIVED_WITH_ISSUES';
    }
  | {
      type: 'complaint.file';
      category: ComplaintCategory;
      subject: ComplaintSubject;
      respondBy: RespondBy;
      paymentId?: number;
      distributionId?: number;
      retaliation?: boolean;
      /** A new number asked for, as typed; absent in `phone.newNumber`: the phone that calls. */
      newNumber?: string;
    }
  /**
   * Where a request just filed in this call comes from: six digits of the
   * poster. A reference that this call has not filed is `told.unusable`.
   */
  | { type: 'complaint.locate'; reference: string; communeDigits: string }
  | { type: 'complaint.find'; reference: string }
  | {
      type: 'complaint.say';
      complaintId: number;
      word: 'accept' | 'refuse' | 'appeal' | 'yes' | 'partly' | 'no';
    }
  /** Answers what an officer asked: yes, no, a digit, or day and month in four digits. */
  | { type: 'complaint.answer'; complaintId: number; answer: string }
  /** Whether the counsellors' line is open now. */
  | { type: 'counsellor.ask' }
  | {
      type: 'callback.request';
      /** `sealed`: a counsellor's call, of which nothing readable is kept. */
      line: 'common' | 'sealed';
      slot: 'morning' | 'midday' | 'evening';
      /** Another number than the one that calls, as typed. */
      otherNumber?: string;
      /** The language to be called in, when it is not that of this call. */
      locale?: string;
      /** Absent when the caller did not say. */
      prefersWoman?: boolean;
    };

/** What src/ussd answers to a command; the flow receives it as an event. */
export type Answer =
  /** Done; nothing to say. */
  | { type: 'told.done' }
  /** Not done: what was typed cannot be used (a number that is no mobile number, an unknown commune code). */
  | { type: 'told.unusable' }
  | { type: 'told.proved'; dossier: Dossier }
  | { type: 'told.wrong' }
  | { type: 'told.fullCardNeeded' }
  | { type: 'told.locked'; until: 'soon' | 'tomorrow' }
  | { type: 'told.recorded'; mismatch: boolean }
  | { type: 'told.filed'; reference: string; dueOn?: Day }
  | { type: 'told.found'; complaint: ComplaintFacts }
  | { type: 'told.mistyped' }
  | { type: 'told.unknown' }
  | { type: 'told.exhausted' }
  | { type: 'told.counsellor'; open: boolean }
  | { type: 'told.willCall'; code: string; when: 'today' | 'tomorrow' }
  /** The wish to be called could not be kept. */
  | { type: 'told.notKept' };

/** What the keypad means; src/ussd turns digits into these by the state's meta. */
export type KeypadEvent =
  | { type: `choose.${string}` }
  /** The next of several like facts (key 9). */
  | { type: 'more' }
  | { type: 'enter'; digits: string };

export type FlowEvent = KeypadEvent | Answer;

/** How a state's screen takes keys. Declared as the state's `meta`. */
export interface ScreenMeta {
  /**
   * In the order of keys 1, 2, 3…; a choice whose event the state cannot take
   * now is not shown and keeps its digit, as does the empty name, which keeps a
   * digit for a choice to come.
   */
  choices?: readonly string[];
  /** Choices under keys of their own, such as `{ noCard: '9' }`. */
  keys?: Readonly<Record<string, string>>;
  /** Lengths of digit entries that are accepted, spaces aside; `[min, max]` as a range when `range` is set. */
  entry?: readonly number[];
  range?: true;
  /** No screen: the chart waits for an answer. */
  waits?: true;
  /** The call ends with this screen. */
  end?: true;
  /** Key 0 leaves the service here, and nothing lies behind it. */
  first?: true;
  /** A wrong key shows the screen as it stands: it already says that trying again does not help. */
  quiet?: true;
  /** What was done cannot be gone back over: 0 leads to the first screen. */
  fresh?: true;
}

/** A value for a screen's text, still without a language. */
export type Value =
  /** `12/03`, with the year when it is another than today's; never with it when `bare`, beside a day that has it; after the name of the day when `weekday`. */
  | { kind: 'day'; day: Day; bare?: true; weekday?: true }
  | { kind: 'time'; time: string }
  | { kind: 'money'; xof: number }
  | { kind: 'count'; count: number }
  /** A place, a provider: cut to fit, after 20 letters unless told. */
  | { kind: 'name'; name: string; cut?: number }
  /** A reference or a phone number that was typed, shown in pairs. */
  | { kind: 'reference'; reference: string }
  | { kind: 'digits'; digits: string }
  /** A word or sentence from the locale files: `<namespace>.<key>`. */
  | { kind: 'phrase'; key: string };

/** A missing value takes its whole line off the screen. */
export type Values = Readonly<Record<string, Value | undefined>>;

/** What every chart is given when it opens. */
export interface FlowInput {
  dossier: Dossier;
  with?: Handover;
}

/** A chart's memory: plain JSON beside the dossier, which src/ussd keeps once for all charts. */
export interface FlowContext {
  dossier: Dossier;
}

/**
 * One flow: a chart and what its screens show. A change that an open call
 * could not survive raises `version`.
 */
export interface Flow {
  readonly name: FlowName;
  readonly version: number;
  readonly machine: AnyStateMachine;
  /** The values of a state's screen, by the names its text uses. */
  values(state: string, context: FlowContext): Values;
}

/** What xstate's `setup` is told of a chart whose memory is `Context`. */
export interface ChartTypes<Context extends FlowContext> {
  context: Context;
  input: FlowInput;
  events: FlowEvent;
  emitted: Command;
}

/** The types of a chart, for `setup`; there is nothing behind them when the service runs. */
export function typesOf<Context extends FlowContext>(): ChartTypes<Context> {
  // xstate reads only the type of this object, never the object.
  return {} as ChartTypes<Context>;
}

/** What a screen may say of a day. */
export function dayValue(day: Day | undefined): Value | undefined {
  return day === undefined ? undefined : { kind: 'day', day };
}

/** As {@link dayValue}, without the year: for a day beside another that has it. */
export function bareDayValue(day: Day | undefined): Value | undefined {
  return day === undefined ? undefined : { kind: 'day', day, bare: true };
}

/** As {@link dayValue}, after the name of the day. */
export function weekdayValue(day: Day | undefined): Value | undefined {
  return day === undefined ? undefined : { kind: 'day', day, weekday: true };
}

/** What a screen may say of an amount in F CFA. */
export function moneyValue(xof: number | undefined): Value | undefined {
  return xof === undefined ? undefined : { kind: 'money', xof };
}

/** What a screen may say of a number of things. */
export function countValue(count: number | undefined): Value | undefined {
  return count === undefined ? undefined : { kind: 'count', count };
}

/** What a screen may say of a place or a provider, cut after `cut` letters. */
export function nameValue(
  name: string | undefined,
  cut?: number,
): Value | undefined {
  if (name === undefined) return undefined;
  return cut === undefined
    ? { kind: 'name', name }
    : { kind: 'name', name, cut };
}

/** A word or sentence of `common.json`. */
export function phraseValue(key: string | undefined): Value | undefined {
  return key === undefined
    ? undefined
    : { kind: 'phrase', key: `common.${key}` };
}

/** Opens a flow that needs proof: at once, or after the card where nothing is proved yet. */
export function openProved(
  dossier: Dossier,
  flow: FlowName,
  rest: Handover = {},
): Command {
  return dossier.level === 'L0'
    ? { type: 'open', flow: 'identity', with: { ...rest, then: flow } }
    : { type: 'open', flow, with: rest };
}
