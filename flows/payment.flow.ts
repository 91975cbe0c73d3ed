import { assign, emit, setup } from 'xstate';
import {
  bareDayValue,
  countValue,
  dayValue,
  moneyValue,
  nameValue,
  openProved,
  phraseValue,
  typesOf,
  type Command,
  type Flow,
  type FlowContext,
  type HouseholdFacts,
  type PaymentFacts,
  type ScreenMeta,
  type Values,
} from './contract';

interface PaymentContext extends FlowContext {
  /** Which of the household's payments the screen speaks of. */
  at: number;
  /** Which of its past payments. */
  pastAt: number;
}

/** A screen for every situation; which one, `screenOf` says. */
const situationScreens = [
  'coming',
  'comingElsewhere',
  'open',
  'openElsewhere',
  'postponed',
  'postponedTo',
  'cancelled',
  'nothing',
  'suspended',
  'moved',
  'closed',
  'registered',
  'ended',
] as const;

type SituationScreen = (typeof situationScreens)[number];

const chart = setup({
  types: typesOf<PaymentContext>(),
  guards: {
    hasPast: ({ context }) => pastOf(context).length > 0,
    hasNext: ({ context }) => paymentAt(context, context.at + 1) !== undefined,
    hasNextPast: ({ context }) =>
      pastOf(context)[context.pastAt + 1] !== undefined,
  },
});

const situation = chart.createStateConfig({
  meta: { choices: ['last', 'problem'] } satisfies ScreenMeta,
  on: {
    'choose.last': {
      guard: 'hasPast',
      target: 'last',
      actions: assign({ pastAt: 0 }),
    },
    'choose.problem': { actions: emit(openProblem) },
    more: {
      guard: 'hasNext',
      target: 'route',
      actions: assign({ at: ({ context }) => context.at + 1 }),
    },
  },
});

const machine = chart.createMachine({
  id: 'payment',
  context: ({ input }) => ({ dossier: input.dossier, at: 0, pastAt: 0 }),
  initial: 'route',
  states: {
    route: {
      always: [
        ...situationScreens.map((screen) => ({
          guard: ({ context }: { context: PaymentContext }) =>
            screenOf(context) === screen,
          target: screen,
        })),
        { target: 'unproved' },
      ],
    },
    unproved: {
      meta: { waits: true } satisfies ScreenMeta,
      entry: emit(({ context }) => openProved(context.dossier, 'payment')),
    },
    coming: situation,
    comingElsewhere: situation,
    open: situation,
    openElsewhere: situation,
    postponed: situation,
    postponedTo: situation,
    cancelled: situation,
    nothing: situation,
    suspended: situation,
    moved: situation,
    closed: situation,
    registered: situation,
    ended: situation,
    last: {
      meta: { choices: ['problem'] } satisfies ScreenMeta,
      on: {
        'choose.problem': { actions: emit(openPastProblem) },
        more: {
          guard: 'hasNextPast',
          target: 'last',
          actions: assign({ pastAt: ({ context }) => context.pastAt + 1 }),
        },
      },
    },
  },
});

function screenOf(context: PaymentContext): SituationScreen | undefined {
  const { household } = context.dossier;
  if (household === undefined) return undefined;
  const payment = household.payments[context.at];
  if (household.situation === 'active') return paymentScreen(payment);
  // The last window may still be open when the months have ended.
  if (household.situation === 'ended' && payment !== undefined) {
    return paymentScreen(payment);
  }
  return household.situation;
}

function paymentScreen(payment: PaymentFacts | undefined): SituationScreen {
  if (payment === undefined) return 'nothing';
  const isCash = payment.modality === 'cash';
  switch (payment.state) {
    case 'coming':
      return isCash ? 'coming' : 'comingElsewhere';
    case 'open':
      return isCash ? 'open' : 'openElsewhere';
    case 'postponed':
      return payment.from === undefined ? 'postponed' : 'postponedTo';
    case 'cancelled':
      return 'cancelled';
    case 'past':
      return 'nothing';
  }
}

function paymentAt(
  { dossier }: PaymentContext,
  at: number,
): PaymentFacts | undefined {
  const { household } = dossier;
  if (household === undefined) return undefined;
  const isHeard =
    household.situation === 'active' || household.situation === 'ended';
  return isHeard ? household.payments[at] : undefined;
}

function pastOf({ dossier }: PaymentContext): readonly PaymentFacts[] {
  return dossier.household?.past ?? [];
}

/** Where no payment is to be spoken of, the situation itself is the subject. */
const subjectOf = {
  active: 'payment.nothing',
  suspended: 'payment.nothing',
  moved: 'targeting.change',
  closed: 'payment.nothing',
  registered: 'targeting.notListed',
  ended: 'payment.nothing',
} as const;

function openProblem({ context }: { context: PaymentContext }): Command {
  const payment = paymentAt(context, context.at);
  if (payment !== undefined) return openProblemWith(payment);
  const { household } = context.dossier;
  return {
    type: 'open',
    flow: 'complaint',
    with: { subject: subjectOf[household?.situation ?? 'active'] },
  };
}

function openPastProblem({ context }: { context: PaymentContext }): Command {
  const payment = pastOf(context)[context.pastAt];
  return payment === undefined
    ? openProblem({ context })
    : openProblemWith(payment);
}

function openProblemWith(payment: PaymentFacts): Command {
  return {
    type: 'open',
    flow: 'complaint',
    with: { category: 'payment', paymentId: payment.paymentId },
  };
}

function values(state: string, context: PaymentContext): Values {
  const { household } = context.dossier;
  if (household === undefined) return {};
  return state === 'last'
    ? pastValues(pastOf(context)[context.pastAt], household)
    : situationValues(paymentAt(context, context.at), context, household);
}

function situationValues(
  payment: PaymentFacts | undefined,
  context: PaymentContext,
  household: HouseholdFacts,
): Values {
  const hasNext = paymentAt(context, context.at + 1) !== undefined;
  const isRoomy = household.asOf === undefined && !hasNext;
  return {
    asOf: bareDayValue(household.asOf),
    from: bareDayValue(payment?.from),
    to: dayValue(payment?.to),
    ...amountValues(payment),
    place: nameValue(payment?.place),
    provider: nameValue(payment?.provider, 12),
    fee: phraseValue(payment?.feePaidBy && `fee.${payment.feePaidBy}`),
    // What to bring makes room when the screen has more to say.
    card: phraseValue(isRoomy ? 'takeCard' : undefined),
    way: phraseValue(
      isRoomy && payment ? `way.${payment.modality}` : undefined,
    ),
  };
}

function amountValues(payment: PaymentFacts | undefined): Values {
  const amount = moneyValue(payment?.amountXof);
  return payment?.months === undefined
    ? { amountAlone: amount }
    : { amount, months: countValue(payment.months) };
}

function pastValues(
  payment: PaymentFacts | undefined,
  household: HouseholdFacts,
): Values {
  return {
    from: bareDayValue(payment?.from),
    to: dayValue(payment?.to),
    amount: moneyValue(payment?.amountXof),
    instalment: countValue(payment?.instalment),
    instalments: countValue(payment?.instalments),
    ...resultValues(payment),
    paidOn: dayValue(payment?.paidOn),
    monthsLeft: countValue(household.monthsLeft),
    asOf: bareDayValue(household.asOf),
  };
}

/** A part that was paid is told with how much, where that may be shown. */
function resultValues(payment: PaymentFacts | undefined): Values {
  return payment?.paidXof === undefined
    ? {
        result: phraseValue(payment && `result.${payment.result ?? 'unknown'}`),
      }
    : { paidPart: moneyValue(payment.paidXof) };
}

/** When, where and how much: the nearest window, the next ones, the last three. */
export const paymentFlow: Flow = {
  name: 'payment',
  version: 1,
  machine,
  values,
};
