import { assign, emit, setup } from 'xstate';
import {
  asked,
  byDefault,
  file,
  handover,
  isDue,
  isPlaceless,
  isPlaceToGo,
  lacksOwnPhone,
  mayProve,
  paymentOf,
  payments,
  startOf,
} from './complaint-context';
import type { ComplaintContext } from './complaint-context';
import { proofOf } from './complaint-subjects';
import { complaintValues } from './complaint-values';
import {
  openProved,
  typesOf,
  type ComplaintSubject,
  type Flow,
  type RespondBy,
  type ScreenMeta,
} from './contract';

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

/** A request: what about, what the register says first, how to answer, its number. */
export const complaintFlow: Flow = {
  name: 'complaint',
  version: 1,
  machine,
  values: complaintValues,
};
