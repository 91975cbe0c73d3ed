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
  type ComplaintCategory,
  type ComplaintSubject,
  type Day,
  type Dossier,
  type Flow,
  type FlowContext,
  type Handover,
  type HouseholdFacts,
  type PaymentFacts,
  type RespondBy,
  type ScreenMeta,
  type Values,
} from './contract';

interface ComplaintContext extends FlowContext {
  subject?: ComplaintSubject | undefined;
  /** It is about a payment; what about it, is still to be asked. */
  isAboutPayment: boolean;
  /** Which payment the status speaks of. */
  at: number;
  paymentId?: number | undefined;
  distributionId?: number | undefined;
  /** Goes on without proof: no card, or locked. */
  withoutCard: boolean;
  respondBy?: RespondBy | undefined;
  newNumber?: string | undefined;
  reference?: string;
  dueOn?: Day | undefined;
}

/** How each subject is counted, and what must be known before it is filed. */
interface SubjectRule {
  category: ComplaintCategory;
  /** `card`: asked for, may be done without. `ownPhone`: only from a phone that the register knows. */
  proof: 'none' | 'card' | 'ownPhone';
}

const subjects: Record<ComplaintSubject, SubjectRule> = {
  'payment.notPaid': { category: 'payment', proof: 'card' },
  'payment.amount': { category: 'payment', proof: 'card' },
  'payment.nothing': { category: 'payment', proof: 'card' },
  'payment.cannotGo': { category: 'payment', proof: 'card' },
  // Whoever has lost the card cannot type it.
  'card.lost': { category: 'card', proof: 'none' },
  'card.damaged': { category: 'card', proof: 'card' },
  'card.name': { category: 'card', proof: 'ownPhone' },
  'phone.newNumber': { category: 'card', proof: 'ownPhone' },
  'phone.lost': { category: 'card', proof: 'card' },
  'targeting.notListed': { category: 'targeting', proof: 'none' },
  'targeting.mistake': { category: 'targeting', proof: 'card' },
  'targeting.change': { category: 'targeting', proof: 'card' },
  // Nobody who reports a wrong is asked who she is.
  'fraud.money': { category: 'fraud', proof: 'none' },
  'conduct.agent': { category: 'conduct', proof: 'none' },
  'conduct.threat': { category: 'conduct', proof: 'none' },
  'service.activity': { category: 'service', proof: 'card' },
  'service.session': { category: 'service', proof: 'card' },
  'service.flour': { category: 'service', proof: 'card' },
  'service.group': { category: 'service', proof: 'card' },
  'service.works': { category: 'service', proof: 'card' },
  // An accident does not wait for a card.
  'accident.works': { category: 'accident', proof: 'none' },
  'ration.notReceived': { category: 'service', proof: 'card' },
  'ration.incomplete': { category: 'service', proof: 'card' },
  'thanks.thanks': { category: 'thanks', proof: 'none' },
  'idea.payment': { category: 'thanks', proof: 'none' },
  'idea.activities': { category: 'thanks', proof: 'none' },
  'idea.phone': { category: 'thanks', proof: 'none' },
  'idea.agents': { category: 'thanks', proof: 'none' },
  'idea.other': { category: 'thanks', proof: 'none' },
};

const respondWays: readonly RespondBy[] = ['sms', 'call', 'dial', 'none'];

const chart = setup({
  types: typesOf<ComplaintContext>(),
  guards: {
    hasSubject: ({ context }) => context.subject !== undefined,
    isAboutPayment: ({ context }) => context.isAboutPayment,
    isProved: ({ context }) => context.dossier.household !== undefined,
    mayProve: ({ context }) => mayProve(context),
    lacksCard: ({ context }) =>
      mayProve(context) && proofOf(context.subject) === 'card',
    lacksOwnPhone: ({ context }) => lacksOwnPhone(context),
    lacksOwnPhoneYet: ({ context }) =>
      lacksOwnPhone(context) && mayProve(context),
    isReady: ({ context }) => context.respondBy !== undefined,
    isCannotGo: ({ context }) => context.subject === 'payment.cannotGo',
    isNewNumber: ({ context }) => context.subject === 'phone.newNumber',
    isUrgent: ({ context }) => context.subject === 'accident.works',
    isDue: ({ context }) => isDue(paymentOf(context)),
    isNotDue: ({ context }) => !isDue(paymentOf(context)),
    hasPayment: ({ context }) => paymentOf(context) !== undefined,
    isPlaceToGo: ({ context }) => isPlaceToGo(paymentOf(context)),
    hasNext: ({ context }) => payments(context)[context.at + 1] !== undefined,
    isOthersPhone: ({ context }) => context.dossier.phoneKind !== 'own',
    // Before proof nothing may tell a number that the register knows from another.
    mayHearBySms: ({ context }) =>
      context.dossier.level !== 'L0' &&
      (context.dossier.phoneKind === 'own' ||
        context.dossier.phoneKind === 'family'),
    // A card is made out to somebody.
    mayBeNameless: ({ context }) => context.subject !== 'card.name',
    isPlaceless: ({ context }) => isPlaceless(context),
  },
});

const about = (subject: ComplaintSubject) =>
  ({ target: 'route', actions: chart.assign({ subject }) }) as const;

const aboutThisPayment = (subject: ComplaintSubject) =>
  ({
    target: 'route',
    actions: chart.assign({
      subject,
      paymentId: ({ context }) => paymentOf(context)?.paymentId,
    }),
  }) as const;

const filing = (respondBy: RespondBy) =>
  ({
    target: 'filing',
    actions: [chart.assign({ respondBy }), chart.emit(file)],
  }) as const;

const opensMain = { actions: chart.emit({ type: 'open', flow: 'main' }) };

const wantsCall = {
  actions: chart.emit({
    type: 'open',
    flow: 'help',
    with: { callback: true },
  }),
};

const who = chart.createStateConfig({
  meta: { choices: ['sms', 'call', 'dial', 'none'] } satisfies ScreenMeta,
  on: {
    'choose.sms': { guard: 'mayHearBySms', ...filing('sms') },
    'choose.call': filing('call'),
    'choose.dial': filing('dial'),
    'choose.none': { guard: 'mayBeNameless', ...filing('none') },
  },
});

/** The number has filed what it may without a name: the other ways are open to it. */
const noMoreNameless = chart.createStateConfig({
  meta: { choices: ['sms', 'call', 'dial'] } satisfies ScreenMeta,
  on: {
    'choose.sms': { guard: 'mayHearBySms', ...filing('sms') },
    'choose.call': filing('call'),
    'choose.dial': filing('dial'),
  },
});

const takesNewNumber = chart.createStateConfig({
  meta: { choices: ['this'], entry: [8] } satisfies ScreenMeta,
  on: {
    'choose.this': {
      guard: 'isOthersPhone',
      target: 'filing',
      actions: [
        assign({ newNumber: undefined, respondBy: byDefault }),
        emit(file),
      ],
    },
    enter: {
      target: 'filing',
      actions: [
        assign({
          newNumber: ({ event }) => event.digits,
          respondBy: byDefault,
        }),
        emit(file),
      ],
    },
  },
});

const done = chart.createStateConfig({
  meta: { choices: ['another'], first: true } satisfies ScreenMeta,
  on: { 'choose.another': opensMain },
});

const takesCommune = chart.createStateConfig({
  meta: { choices: ['another'], entry: [6], first: true } satisfies ScreenMeta,
  on: {
    'choose.another': opensMain,
    enter: {
      guard: 'isPlaceless',
      target: 'locating',
      actions: emit(({ context, event }) => ({
        type: 'complaint.locate',
        reference: context.reference ?? '',
        communeDigits: event.digits,
      })),
    },
  },
});

const machine = chart.createMachine({
  id: 'complaint',
  context: ({ input }) => ({
    dossier: input.dossier,
    ...asked(input.with),
    at: startOf(input.dossier, input.with),
  }),
  initial: 'route',
  states: {
    route: {
      always: [
        { guard: 'lacksOwnPhoneYet', target: 'unproved' },
        { guard: 'lacksOwnPhone', target: 'ownPhone' },
        { guard: 'lacksCard', target: 'unproved' },
        { guard: 'hasSubject', target: 'routeSubject' },
        { guard: 'isAboutPayment', target: 'routePayment' },
        { target: 'category' },
      ],
    },
    routeSubject: {
      always: [
        { guard: 'isReady', target: 'filing', actions: emit(file) },
        { guard: 'isCannotGo', target: 'cannotGo' },
        { guard: 'isNewNumber', target: 'newNumber' },
        { guard: 'isUrgent', target: 'whoUrgent' },
        { target: 'who' },
      ],
    },
    routePayment: {
      always: [
        { guard: 'isProved', target: 'status' },
        { guard: 'mayProve', target: 'unproved' },
        { target: 'payment' },
      ],
    },
    unproved: {
      meta: { waits: true } satisfies ScreenMeta,
      entry: emit(({ context }) =>
        openProved(context.dossier, 'complaint', handover(context)),
      ),
    },
    category: {
      meta: {
        choices: ['payment', 'card', 'list', 'agent', 'service', 'follow'],
      } satisfies ScreenMeta,
      on: {
        'choose.payment': {
          target: 'route',
          actions: assign({ isAboutPayment: true }),
        },
        'choose.card': { target: 'card' },
        'choose.list': { target: 'list' },
        'choose.agent': { target: 'agent' },
        'choose.service': { target: 'service' },
        'choose.follow': { actions: emit({ type: 'open', flow: 'follow' }) },
      },
    },
    status: {
      meta: {
        choices: ['notPaid', 'amount', 'cannotGo', 'nothing'],
      } satisfies ScreenMeta,
      on: {
        'choose.notPaid': {
          guard: 'isDue',
          ...aboutThisPayment('payment.notPaid'),
        },
        'choose.amount': {
          guard: 'hasPayment',
          ...aboutThisPayment('payment.amount'),
        },
        'choose.cannotGo': {
          guard: 'isPlaceToGo',
          ...aboutThisPayment('payment.cannotGo'),
        },
        'choose.nothing': { guard: 'isNotDue', ...about('payment.nothing') },
        more: {
          guard: 'hasNext',
          target: 'status',
          actions: assign({ at: ({ context }) => context.at + 1 }),
        },
      },
    },
    payment: {
      meta: {
        choices: ['notPaid', 'amount', 'cannotGo', 'nothing'],
      } satisfies ScreenMeta,
      on: {
        'choose.notPaid': about('payment.notPaid'),
        'choose.amount': about('payment.amount'),
        'choose.cannotGo': about('payment.cannotGo'),
        'choose.nothing': about('payment.nothing'),
      },
    },
    cannotGo: {
      meta: { choices: ['callback', 'file'] } satisfies ScreenMeta,
      on: {
        'choose.callback': wantsCall,
        'choose.file': { target: 'who' },
      },
    },
    card: {
      meta: {
        choices: ['lost', 'damaged', 'name', 'newNumber', 'phoneLost'],
      } satisfies ScreenMeta,
      on: {
        'choose.lost': about('card.lost'),
        'choose.damaged': about('card.damaged'),
        'choose.name': about('card.name'),
        'choose.newNumber': about('phone.newNumber'),
        'choose.phoneLost': about('phone.lost'),
      },
    },
    list: {
      meta: {
        choices: ['notListed', 'mistake', 'change'],
      } satisfies ScreenMeta,
      on: {
        'choose.notListed': about('targeting.notListed'),
        'choose.mistake': about('targeting.mistake'),
        'choose.change': about('targeting.change'),
      },
    },
    agent: {
      meta: { choices: ['money', 'conduct', 'threat'] } satisfies ScreenMeta,
      on: {
        'choose.money': about('fraud.money'),
        'choose.conduct': about('conduct.agent'),
        'choose.threat': about('conduct.threat'),
      },
    },
    service: {
      meta: {
        choices: ['activity', 'works', 'accident'],
      } satisfies ScreenMeta,
      on: {
        'choose.activity': about('service.activity'),
        'choose.works': about('service.works'),
        'choose.accident': about('accident.works'),
      },
    },
    ownPhone: {
      meta: { choices: ['callback', 'phoneLost'] } satisfies ScreenMeta,
      on: {
        'choose.callback': wantsCall,
        'choose.phoneLost': about('phone.lost'),
      },
    },
    newNumber: takesNewNumber,
    unusableNumber: takesNewNumber,
    who,
    whoUrgent: who,
    noMoreNameless,
    filing: {
      meta: { waits: true } satisfies ScreenMeta,
      on: {
        'told.filed': {
          target: 'filed',
          actions: assign({
            reference: ({ event }) => event.reference,
            dueOn: ({ event }) => event.dueOn,
          }),
        },
        'told.exhausted': { target: 'noMoreNameless' },
        'told.unusable': { guard: 'isNewNumber', target: 'unusableNumber' },
      },
    },
    filed: {
      always: [
        { guard: 'isUrgent', target: 'doneUrgent' },
        { guard: 'isNewNumber', target: 'doneNumber' },
        { guard: 'isPlaceless', target: 'donePlaceless' },
        { target: 'done' },
      ],
    },
    done,
    doneNumber: done,
    doneUrgent: takesCommune,
    donePlaceless: takesCommune,
    unknownCommune: takesCommune,
    locating: {
      meta: { waits: true } satisfies ScreenMeta,
      on: {
        'told.done': { target: 'located' },
        'told.unusable': { target: 'unknownCommune' },
      },
    },
    located: done,
  },
});

function asked(handover: Handover = {}) {
  const { subject, respondBy, paymentId, distributionId } = handover;
  const isAnonymous = handover['anonymous'] === true;
  return {
    subject: isSubject(subject) ? subject : undefined,
    isAboutPayment: handover['category'] === 'payment',
    withoutCard: isAnonymous || handover['withoutCard'] === true,
    respondBy: isAnonymous
      ? 'none'
      : respondWays.find((way) => way === respondBy),
    paymentId: typeof paymentId === 'number' ? paymentId : undefined,
    distributionId:
      typeof distributionId === 'number' ? distributionId : undefined,
  } as const;
}

function isSubject(name: unknown): name is ComplaintSubject {
  return typeof name === 'string' && Object.hasOwn(subjects, name);
}

/** What identity is to hand back. */
function handover(context: ComplaintContext): Handover {
  const { subject, isAboutPayment, respondBy, paymentId, distributionId } =
    context;
  return {
    ...(subject === undefined ? {} : { subject }),
    ...(isAboutPayment ? { category: 'payment' } : {}),
    ...(respondBy === undefined ? {} : { respondBy }),
    ...(paymentId === undefined ? {} : { paymentId }),
    ...(distributionId === undefined ? {} : { distributionId }),
  };
}

function proofOf(subject: ComplaintSubject | undefined): SubjectRule['proof'] {
  return subject === undefined ? 'none' : subjects[subject].proof;
}

function mayProve({ dossier, withoutCard }: ComplaintContext): boolean {
  return dossier.level === 'L0' && !withoutCard;
}

function lacksOwnPhone({ dossier, subject }: ComplaintContext): boolean {
  return proofOf(subject) === 'ownPhone' && dossier.level !== 'L1';
}

/** What can be complained of first: open windows, then past ones, then those to come. */
function payments({ dossier }: FlowContext): readonly PaymentFacts[] {
  const { household } = dossier;
  if (household === undefined) return [];
  const { answerable, past } = household;
  const open = household.payments.filter(({ state }) => state === 'open');
  const others = household.payments.filter(({ state }) => state !== 'open');
  const all = [...open, ...answerable, ...past, ...others];
  return all.filter(
    ({ paymentId }, at) =>
      at === all.findIndex((other) => other.paymentId === paymentId),
  );
}

function startOf(dossier: Dossier, handover: Handover = {}): number {
  const at = payments({ dossier }).findIndex(
    ({ paymentId }) => paymentId === handover['paymentId'],
  );
  return Math.max(at, 0);
}

function paymentOf(context: ComplaintContext): PaymentFacts | undefined {
  return payments(context)[context.at];
}

function isDue(payment: PaymentFacts | undefined): boolean {
  return payment?.state === 'open' || payment?.state === 'past';
}

/** Nobody can go to what is cancelled, nor where no day is known yet. */
function isPlaceToGo(payment: PaymentFacts | undefined): boolean {
  return (
    payment?.modality === 'cash' &&
    payment.state !== 'cancelled' &&
    (payment.state !== 'postponed' || payment.from !== undefined)
  );
}

/** Nothing says where the request comes from: the number that calls must not. */
function isPlaceless({ respondBy, dossier }: ComplaintContext): boolean {
  return respondBy === 'none' || dossier.level === 'L0';
}

/** An answer by SMS goes without asking only to a phone of one's own. */
function byDefault({ context }: { context: ComplaintContext }): RespondBy {
  const { phoneKind, smsOn } = context.dossier;
  return phoneKind === 'own' && smsOn ? 'sms' : 'dial';
}

function file({ context }: { context: ComplaintContext }): Command {
  const { subject = 'payment.nothing', respondBy = 'dial' } = context;
  return {
    type: 'complaint.file',
    category: subjects[subject].category,
    subject,
    respondBy,
    ...(subject === 'conduct.threat' ? { retaliation: true } : {}),
    ...(respondBy === 'none' ? {} : householdTies(context)),
  };
}

/** What leads back to a household; never part of a request without a name. */
function householdTies({
  paymentId,
  distributionId,
  newNumber,
}: ComplaintContext) {
  return {
    ...(paymentId === undefined ? {} : { paymentId }),
    ...(distributionId === undefined ? {} : { distributionId }),
    ...(newNumber === undefined ? {} : { newNumber }),
  };
}

function values(state: string, context: ComplaintContext): Values {
  switch (state) {
    case 'status':
      return statusValues(paymentOf(context), context.dossier);
    case 'cannotGo':
      return cannotGoValues(paymentOf(context), context.dossier.household);
    default:
      return {
        reference:
          context.reference === undefined
            ? undefined
            : { kind: 'reference', reference: context.reference },
        dueOn: dayValue(context.dueOn),
        commune: isPlaceless(context) ? phraseValue('communeHint') : undefined,
        newNumber:
          context.newNumber === undefined
            ? undefined
            : { kind: 'reference', reference: context.newNumber },
      };
  }
}

function statusValues(
  payment: PaymentFacts | undefined,
  dossier: Dossier,
): Values {
  const { household } = dossier;
  const isPaid = payment?.paidOn !== undefined;
  return {
    status: phraseValue(`status.${statusOf(payment, dossier)}`),
    from: isPaid ? undefined : bareDayValue(payment?.from),
    to: isPaid ? undefined : dayValue(payment?.to),
    paidOn: dayValue(payment?.paidOn),
    amount: moneyValue(payment?.amountXof),
    asOf: bareDayValue(household?.asOf),
  };
}

function statusOf(
  payment: PaymentFacts | undefined,
  { household, level }: Dossier,
): string {
  if (payment === undefined) return household?.situation ?? 'active';
  if (payment.state !== 'past') return payment.state;
  // Below L1 the agency's word is withheld: whether there is one is not told either.
  return payment.result ?? (level === 'L1' ? 'silent' : 'past');
}

function cannotGoValues(
  payment: PaymentFacts | undefined,
  household: HouseholdFacts | undefined,
): Values {
  const isOver = payment?.state === 'past';
  return {
    alternate: phraseValue(
      household?.hasAlternate === true ? 'alternate' : undefined,
    ),
    to: isOver ? undefined : dayValue(payment?.to),
    place: isOver ? undefined : nameValue(payment?.place),
    over: phraseValue(overOf(payment)),
  };
}

/** What to do where there is no window left to go in. */
function overOf(payment: PaymentFacts | undefined): string | undefined {
  if (payment === undefined) return 'anotherDate';
  return payment.state === 'past' ? 'windowOver' : undefined;
}

/** A request: what about, what the register says first, how to answer, its number. */
export const complaintFlow: Flow = {
  name: 'complaint',
  version: 1,
  machine,
  values,
};
