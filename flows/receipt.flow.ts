import { assign, emit, setup } from 'xstate';
import {
  bareDayValue,
  dayValue,
  moneyValue,
  nameValue,
  openProved,
  phraseValue,
  typesOf,
  type Command,
  type ComplaintSubject,
  type Flow,
  type FlowContext,
  type FlowInput,
  type Gathering,
  type PaymentFacts,
  type RespondBy,
  type ScreenMeta,
  type Values,
} from './contract';

type ReceiptAnswer = 'RECEIVED' | 'NOT_RECEIVED' | 'RECEIVED_WITH_ISSUES';

interface ReceiptContext extends FlowContext {
  /** Which payment is spoken of; one past the last is the ration. */
  at: number;
  askedForMoney: boolean;
  /** What the caller says she received, in F CFA. */
  typedXof?: number | undefined;
  answer?: ReceiptAnswer | undefined;
  /** What the answer was about: the facts may come in another order once it is kept. */
  about?: About | undefined;
}

interface About {
  paymentId?: number;
  distributionId?: number;
}

/** Spoken Bambara counts money in units of five francs. */
const spokenUnitXof = 5;

/**
 * Where the amount due is not for this phone, a sum below this may be one in
 * units of five: payments come in tens of thousands of francs. A larger one is
 * only read back, so that 2 keeps meaning "no" wherever it can.
 */
const maybeSpokenBelowXof = 10_000;

const chart = setup({
  types: typesOf<ReceiptContext>(),
  guards: {
    isUnproved: ({ context }) => context.dossier.household === undefined,
    isPayment: ({ context }) => paymentOf(context) !== undefined,
    isRation: ({ context }) => rationOf(context) !== undefined,
    hasNext: ({ context }) => hasItem(context, context.at + 1),
    isStillOpen: ({ context }) => paymentOf(context)?.state === 'open',
    isStillPaidOut: ({ context }) =>
      paymentOf(context)?.state === 'open' &&
      paymentOf(context)?.modality === 'cash',
    isMismatch: ({ event }) => event.type === 'told.recorded' && event.mismatch,
    isAmount: ({ event }) =>
      event.type === 'enter' && Number(event.digits) >= spokenUnitXof,
    maySpeakInFives: ({ context, event }) =>
      event.type === 'enter' && maySpeakInFives(context, Number(event.digits)),
  },
});

const showsNext = {
  guard: 'hasNext',
  target: 'route',
  actions: chart.assign({ at: ({ context }) => context.at + 1 }),
} as const;

/** Keeps an answer, and lets `src/ussd` write it down. */
function recording(answer: ReceiptAnswer, askedForMoney = false) {
  return {
    target: 'recording',
    actions: [
      chart.assign({
        answer,
        askedForMoney,
        about: ({ context }) => aboutOf(context),
      }),
      chart.emit(record),
    ],
  } as const;
}

const machine = chart.createMachine({
  id: 'receipt',
  context: ({ input }) => ({
    dossier: input.dossier,
    at: startOf(input),
    askedForMoney: false,
  }),
  initial: 'route',
  states: {
    route: {
      always: [
        { guard: 'isUnproved', target: 'unproved' },
        { guard: 'isPayment', target: 'confirm' },
        { guard: 'isRation', target: 'ration' },
        { target: 'nothing' },
      ],
    },
    unproved: {
      meta: { waits: true } satisfies ScreenMeta,
      entry: emit(({ context }) => openProved(context.dossier, 'receipt')),
    },
    confirm: {
      meta: {
        choices: ['all', 'other', 'nothing', 'money'],
      } satisfies ScreenMeta,
      on: {
        'choose.all': recording('RECEIVED'),
        'choose.other': { target: 'amount' },
        'choose.nothing': [
          { guard: 'isStillPaidOut', target: 'stillOpen' },
          { guard: 'isStillOpen', target: 'stillOpenElsewhere' },
          recording('NOT_RECEIVED'),
        ],
        'choose.money': { target: 'money' },
        more: showsNext,
      },
    },
    stillOpen: {
      meta: {
        choices: ['notYet', 'notPaid', 'cannotGo'],
      } satisfies ScreenMeta,
      on: {
        'choose.notYet': { target: 'advice' },
        'choose.notPaid': recording('NOT_RECEIVED'),
        'choose.cannotGo': { actions: emit(openCannotGo) },
      },
    },
    stillOpenElsewhere: {
      meta: { choices: ['wait', 'notPaid'] } satisfies ScreenMeta,
      on: {
        'choose.wait': { target: 'advice' },
        'choose.notPaid': recording('NOT_RECEIVED'),
      },
    },
    advice: { meta: { end: true } satisfies ScreenMeta },
    amount: {
      // Two digits at least, so that 0 and 9 keep their meaning.
      meta: { entry: [2, 7], range: true } satisfies ScreenMeta,
      on: {
        enter: [
          {
            guard: 'maySpeakInFives',
            target: 'fifth',
            actions: assign({ typedXof: ({ event }) => Number(event.digits) }),
          },
          {
            guard: 'isAmount',
            target: 'readBack',
            actions: assign({ typedXof: ({ event }) => Number(event.digits) }),
          },
        ],
      },
    },
    readBack: {
      meta: { choices: ['yes', 'no'] } satisfies ScreenMeta,
      on: {
        'choose.yes': [
          {
            guard: ({ context }) =>
              answerTo(context, context.typedXof) === 'RECEIVED',
            ...recording('RECEIVED'),
          },
          recording('RECEIVED_WITH_ISSUES'),
        ],
        'choose.no': { target: 'amount' },
      },
    },
    fifth: {
      meta: { choices: ['yes', 'fivefold', 'unsure'] } satisfies ScreenMeta,
      on: {
        'choose.yes': recording('RECEIVED_WITH_ISSUES'),
        'choose.fivefold': {
          target: 'recording',
          actions: [
            assign({
              answer: ({ context }) =>
                answerTo(context, timesFive(context.typedXof)),
              typedXof: ({ context }) => timesFive(context.typedXof),
              about: ({ context }) => aboutOf(context),
            }),
            emit(record),
          ],
        },
        'choose.unsure': { target: 'unsure' },
      },
    },
    unsure: {
      meta: { choices: ['callback', 'amount'] } satisfies ScreenMeta,
      on: {
        'choose.callback': {
          actions: emit({
            type: 'open',
            flow: 'help',
            with: { callback: true },
          }),
        },
        'choose.amount': { target: 'amount' },
      },
    },
    money: {
      meta: { choices: ['all', 'part', 'nothing'] } satisfies ScreenMeta,
      on: {
        'choose.all': recording('RECEIVED', true),
        'choose.part': recording('RECEIVED_WITH_ISSUES', true),
        'choose.nothing': recording('NOT_RECEIVED', true),
      },
    },
    ration: {
      meta: { choices: ['all', 'part', 'nothing'] } satisfies ScreenMeta,
      on: {
        'choose.all': recording('RECEIVED'),
        'choose.part': recording('RECEIVED_WITH_ISSUES'),
        'choose.nothing': recording('NOT_RECEIVED'),
      },
    },
    recording: {
      meta: { waits: true } satisfies ScreenMeta,
      on: {
        'told.recorded': [
          { guard: 'isMismatch', target: 'mismatch' },
          { target: 'thanks' },
        ],
        // The facts have changed under the call: start again from what holds now.
        'told.unusable': {
          target: 'route',
          actions: assign({
            at: 0,
            askedForMoney: false,
            typedXof: undefined,
            answer: undefined,
            about: undefined,
          }),
        },
      },
    },
    mismatch: {
      meta: {
        choices: ['nameless', 'followed', 'no'],
        fresh: true,
      } satisfies ScreenMeta,
      on: {
        'choose.nameless': { actions: emit(fileNameless) },
        'choose.followed': { actions: emit(fileFollowed) },
        'choose.no': { target: 'thanks' },
      },
    },
    thanks: { meta: { end: true } satisfies ScreenMeta },
    nothing: {
      meta: { choices: ['payment', 'complaint'] } satisfies ScreenMeta,
      on: {
        'choose.payment': { actions: emit({ type: 'open', flow: 'payment' }) },
        'choose.complaint': {
          actions: emit({
            type: 'open',
            flow: 'complaint',
            with: { category: 'payment' },
          }),
        },
      },
    },
  },
});

function startOf({ dossier, with: handover }: FlowInput): number {
  const answerable = dossier.household?.answerable ?? [];
  if (handover?.['ration'] === true) return answerable.length;
  const at = answerable.findIndex(
    ({ paymentId }) => paymentId === handover?.['paymentId'],
  );
  return Math.max(at, 0);
}

function paymentOf({ dossier, at }: ReceiptContext): PaymentFacts | undefined {
  return dossier.household?.answerable[at];
}

function rationOf({ dossier, at }: ReceiptContext): Gathering | undefined {
  const { household } = dossier;
  return at === household?.answerable.length ? household.ration : undefined;
}

function hasItem(context: ReceiptContext, at: number): boolean {
  const there = { ...context, at };
  return paymentOf(there) !== undefined || rationOf(there) !== undefined;
}

function timesFive(xof: number | undefined): number | undefined {
  return xof === undefined ? undefined : xof * spokenUnitXof;
}

/** Asked by what is due where it may be known; else by what was typed alone, so that the question tells nothing. */
function maySpeakInFives(context: ReceiptContext, typedXof: number): boolean {
  const due = paymentOf(context)?.amountXof;
  return due === undefined
    ? typedXof >= spokenUnitXof && typedXof < maybeSpokenBelowXof
    : timesFive(typedXof) === due;
}

/** What a declared amount means; one that cannot be compared here is compared where it is written down. */
function answerTo(
  context: ReceiptContext,
  declaredXof: number | undefined,
): ReceiptAnswer {
  const due = paymentOf(context)?.amountXof;
  return due !== undefined && declaredXof === due
    ? 'RECEIVED'
    : 'RECEIVED_WITH_ISSUES';
}

function record({ context }: { context: ReceiptContext }): Command {
  const { answer, about = {}, askedForMoney, typedXof } = context;
  const { paymentId, distributionId } = about;
  if (answer !== undefined && distributionId !== undefined) {
    return { type: 'ration.record', distributionId, answer };
  }
  if (answer !== undefined && paymentId !== undefined) {
    const declared =
      typedXof === undefined || answer === 'NOT_RECEIVED'
        ? {}
        : { declaredAmountXof: typedXof };
    const asked = askedForMoney ? { askedForMoney } : {};
    return {
      type: 'receipt.record',
      paymentId,
      answer,
      ...declared,
      ...asked,
    };
  }
  return openProved(context.dossier, 'receipt');
}

function openCannotGo({ context }: { context: ReceiptContext }): Command {
  return {
    type: 'open',
    flow: 'complaint',
    with: { subject: 'payment.cannotGo', ...aboutOf(context) },
  };
}

function aboutOf(context: ReceiptContext): About {
  const ration = rationOf(context);
  if (ration !== undefined) return { distributionId: ration.id };
  const payment = paymentOf(context);
  return payment === undefined ? {} : { paymentId: payment.paymentId };
}

function subjectOf(context: ReceiptContext): ComplaintSubject {
  const isNothing = context.answer === 'NOT_RECEIVED';
  if (context.about?.distributionId !== undefined) {
    return isNothing ? 'ration.notReceived' : 'ration.incomplete';
  }
  if (context.askedForMoney) return 'fraud.money';
  return isNothing ? 'payment.notPaid' : 'payment.amount';
}

/** Without a name, nothing may lead back to the household: not even its payment. */
function fileNameless({ context }: { context: ReceiptContext }): Command {
  return {
    type: 'open',
    flow: 'complaint',
    with: { subject: subjectOf(context), respondBy: 'none' },
  };
}

function fileFollowed({ context }: { context: ReceiptContext }): Command {
  const { phoneKind, smsOn } = context.dossier;
  const respondBy: RespondBy = phoneKind === 'own' && smsOn ? 'sms' : 'dial';
  return {
    type: 'open',
    flow: 'complaint',
    with: { subject: subjectOf(context), respondBy, ...context.about },
  };
}

const saidKeys: Record<ReceiptAnswer, string> = {
  RECEIVED: 'said.all',
  RECEIVED_WITH_ISSUES: 'said.part',
  NOT_RECEIVED: 'said.nothing',
};

/** Where the amount is not told, "all" or "not all" would tell whether the one typed was right. */
function saidOf(payment: PaymentFacts | undefined): string | undefined {
  if (payment?.receipt === undefined) return undefined;
  return payment.amountXof === undefined && payment.receipt !== 'NOT_RECEIVED'
    ? 'said.answered'
    : saidKeys[payment.receipt];
}

function values(_state: string, context: ReceiptContext): Values {
  const payment = paymentOf(context);
  return {
    from: dayValue(payment?.from),
    to: dayValue(payment?.to),
    amount: moneyValue(payment?.amountXof),
    place: nameValue(payment?.place),
    provider: nameValue(payment?.provider, 12),
    said: phraseValue(saidOf(payment)),
    way: phraseValue(
      payment &&
        (payment.modality === 'cash' ? 'takeCard' : `way.${payment.modality}`),
    ),
    typed: moneyValue(context.typedXof),
    typedTimesFive: moneyValue(timesFive(context.typedXof)),
    day: bareDayValue(rationOf(context)?.day),
  };
}

/** What the household says it received, wave by wave; a ration likewise. */
export const receiptFlow: Flow = {
  name: 'receipt',
  version: 1,
  machine,
  values,
};
