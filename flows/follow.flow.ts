import { assign, emit, setup } from 'xstate';
import {
  dayValue,
  openProved,
  phraseValue,
  typesOf,
  type Command,
  type ComplaintFacts,
  type ComplaintSubject,
  type Flow,
  type FlowContext,
  type ScreenMeta,
  type Values,
} from './contract';

type Word = Extract<Command, { type: 'complaint.say' }>['word'];

interface FollowContext extends FlowContext {
  /** As typed, or as handed over through identity. */
  reference?: string | undefined;
  complaint?: ComplaintFacts;
  /** What the caller has just said of it. */
  word?: Word;
  /** What the caller has just answered. */
  answer?: string;
}

const chart = setup({
  types: typesOf<FollowContext>(),
  guards: {
    hasReference: ({ context }) => context.reference !== undefined,
    isUnproved: ({ context }) => context.dossier.level === 'L0',
    isAskedYesNo: ({ context }) => questionOf(context)?.kind === 'yesNo',
    isAskedDigit: ({ context }) => questionOf(context)?.kind === 'digit',
    isAskedDate: ({ context }) => questionOf(context)?.kind === 'date',
    isDay: ({ event }) => event.type === 'enter' && isDayAndMonth(event.digits),
    isTold: ({ context }) => detailOf(context) !== undefined,
    isOpen: ({ context }) => context.complaint?.open === true,
    isAnswered: ({ context }) => detailOf(context)?.status === 'answered',
    isClosed: ({ context }) => detailOf(context)?.status === 'closed',
    mayAppeal: ({ context }) => detailOf(context)?.mayAppeal === true,
    mayRate: ({ context }) => detailOf(context)?.mayRate === true,
    isAccepted: ({ context }) => context.word === 'accept',
    isAppealed: ({ context }) =>
      context.word === 'refuse' || context.word === 'appeal',
    isUnhappy: ({ context }) =>
      context.word === 'no' && detailOf(context)?.mayAppeal === true,
  },
});

const takesReference = {
  enter: {
    target: 'finding',
    actions: [
      chart.assign({
        reference: ({ event }) =>
          event.type === 'enter' ? event.digits : undefined,
      }),
      chart.emit(find),
    ],
  },
} as const;

const says = (word: Word) =>
  ({
    target: 'saying',
    actions: [chart.assign({ word }), chart.emit(say)],
  }) as const;

const answers = (answer: string) =>
  ({
    target: 'answering',
    actions: [chart.assign({ answer }), chart.emit(reply)],
  }) as const;

const takesDay = {
  enter: [
    {
      guard: 'isDay',
      target: 'answering',
      actions: [
        chart.assign({
          answer: ({ event }) => (event.type === 'enter' ? event.digits : ''),
        }),
        chart.emit(reply),
      ],
    },
    { target: 'wrongDay' },
  ],
} as const;

const asksDay = chart.createStateConfig({
  meta: { entry: [4] } satisfies ScreenMeta,
  on: takesDay,
});

const suggests = (subject: ComplaintSubject) =>
  ({
    target: 'thanking',
    actions: chart.emit({
      type: 'complaint.file',
      category: 'thanks',
      subject,
      respondBy: 'none',
    }),
  }) as const;

const opensHelp = { actions: chart.emit({ type: 'open', flow: 'help' }) };

const mistaken = chart.createStateConfig({
  meta: { entry: [8] } satisfies ScreenMeta,
  on: takesReference,
});

const found = chart.createStateConfig({
  meta: { choices: ['prove', 'help'] } satisfies ScreenMeta,
  on: {
    'choose.prove': { guard: 'isUnproved', actions: emit(prove) },
    'choose.help': opensHelp,
  },
});

const over = chart.createStateConfig({
  meta: { choices: ['another'], first: true } satisfies ScreenMeta,
  on: { 'choose.another': { actions: emit({ type: 'open', flow: 'main' }) } },
});

const machine = chart.createMachine({
  id: 'follow',
  context: ({ input }) => ({
    dossier: input.dossier,
    reference: textOf(input.with?.['reference']),
  }),
  initial: 'route',
  states: {
    route: {
      always: [
        { guard: 'hasReference', target: 'finding', actions: emit(find) },
        { target: 'reference' },
      ],
    },
    reference: {
      meta: { entry: [8], choices: ['thanks', 'idea'] } satisfies ScreenMeta,
      on: {
        ...takesReference,
        'choose.thanks': suggests('thanks.thanks'),
        'choose.idea': { target: 'idea' },
      },
    },
    finding: {
      meta: { waits: true } satisfies ScreenMeta,
      on: {
        'told.found': {
          target: 'found',
          actions: assign({ complaint: ({ event }) => event.complaint }),
        },
        'told.mistyped': { target: 'mistyped' },
        'told.unknown': { target: 'unknown' },
        'told.exhausted': { target: 'exhausted' },
      },
    },
    mistyped: mistaken,
    unknown: mistaken,
    exhausted: {
      meta: { choices: ['help'] } satisfies ScreenMeta,
      on: { 'choose.help': opensHelp },
    },
    found: {
      always: [
        { guard: 'isAskedYesNo', target: 'askedYesNo' },
        { guard: 'isAskedDigit', target: 'askedDigit' },
        { guard: 'isAskedDate', target: 'askedDay' },
        { guard: 'isAnswered', target: 'answered' },
        { guard: 'isClosed', target: 'closed' },
        { guard: 'isTold', target: 'status' },
        { guard: 'isOpen', target: 'openOnly' },
        { target: 'closedOnly' },
      ],
    },
    openOnly: found,
    closedOnly: found,
    status: {
      meta: { choices: ['help'] } satisfies ScreenMeta,
      on: { 'choose.help': opensHelp },
    },
    askedYesNo: {
      meta: { choices: ['yes', 'no'] } satisfies ScreenMeta,
      on: { 'choose.yes': answers('yes'), 'choose.no': answers('no') },
    },
    askedDigit: {
      meta: {
        choices: ['one', 'two', 'three', 'four', 'five', 'six'],
      } satisfies ScreenMeta,
      on: {
        'choose.one': answers('1'),
        'choose.two': answers('2'),
        'choose.three': answers('3'),
        'choose.four': answers('4'),
        'choose.five': answers('5'),
        'choose.six': answers('6'),
      },
    },
    askedDay: asksDay,
    wrongDay: asksDay,
    answering: {
      meta: { waits: true } satisfies ScreenMeta,
      on: {
        'told.done': { target: 'thanked' },
        // Nobody asks any more: show where the request stands.
        'told.unusable': { target: 'finding', actions: emit(find) },
      },
    },
    answered: {
      meta: { choices: ['accept', 'refuse'] } satisfies ScreenMeta,
      on: { 'choose.accept': says('accept'), 'choose.refuse': says('refuse') },
    },
    closed: {
      meta: { choices: ['rate', 'appeal', 'help'] } satisfies ScreenMeta,
      on: {
        'choose.rate': { guard: 'mayRate', target: 'rate' },
        'choose.appeal': { guard: 'mayAppeal', ...says('appeal') },
        'choose.help': opensHelp,
      },
    },
    rate: {
      meta: { choices: ['yes', 'partly', 'no'] } satisfies ScreenMeta,
      on: {
        'choose.yes': says('yes'),
        'choose.partly': says('partly'),
        'choose.no': says('no'),
      },
    },
    saying: {
      meta: { waits: true } satisfies ScreenMeta,
      on: {
        'told.done': [
          { guard: 'isAccepted', target: 'accepted' },
          { guard: 'isAppealed', target: 'appealed' },
          { guard: 'isUnhappy', target: 'offerAppeal' },
          { target: 'thanked' },
        ],
        // The request has moved on since it was shown: show it again.
        'told.unusable': { target: 'finding', actions: emit(find) },
      },
    },
    offerAppeal: {
      meta: { choices: ['yes', 'no'], fresh: true } satisfies ScreenMeta,
      on: {
        'choose.yes': says('appeal'),
        'choose.no': { target: 'thanked' },
      },
    },
    accepted: over,
    appealed: over,
    idea: {
      meta: {
        choices: ['payment', 'activities', 'phone', 'agents', 'other'],
      } satisfies ScreenMeta,
      on: {
        'choose.payment': suggests('idea.payment'),
        'choose.activities': suggests('idea.activities'),
        'choose.phone': suggests('idea.phone'),
        'choose.agents': suggests('idea.agents'),
        'choose.other': suggests('idea.other'),
      },
    },
    thanking: {
      meta: { waits: true } satisfies ScreenMeta,
      on: {
        'told.filed': { target: 'thanked' },
        // Said too often to be counted once more: thanked for all the same.
        'told.exhausted': { target: 'thanked' },
      },
    },
    thanked: over,
  },
});

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function detailOf({ complaint }: FollowContext): ComplaintFacts['detail'] {
  return complaint?.detail;
}

function questionOf(
  context: FollowContext,
): NonNullable<ComplaintFacts['detail']>['question'] {
  return detailOf(context)?.question;
}

/** Day and month in four digits, of any year. */
function isDayAndMonth(digits: string): boolean {
  const day = Number(digits.slice(0, 2));
  const month = Number(digits.slice(2));
  const days = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return day >= 1 && day <= (days[month - 1] ?? 0);
}

function reply({ context }: { context: FollowContext }): Command {
  const { complaint, answer } = context;
  return complaint === undefined || answer === undefined
    ? find({ context })
    : { type: 'complaint.answer', complaintId: complaint.complaintId, answer };
}

function find({ context }: { context: FollowContext }): Command {
  return { type: 'complaint.find', reference: context.reference ?? '' };
}

function prove({ context }: { context: FollowContext }): Command {
  const { reference } = context;
  return openProved(
    context.dossier,
    'follow',
    reference === undefined ? {} : { reference },
  );
}

function say({ context }: { context: FollowContext }): Command {
  const { complaint, word } = context;
  return complaint === undefined || word === undefined
    ? find({ context })
    : { type: 'complaint.say', complaintId: complaint.complaintId, word };
}

function values(_state: string, context: FollowContext): Values {
  const { complaint } = context;
  const detail = complaint?.detail;
  return {
    reference:
      complaint === undefined
        ? undefined
        : { kind: 'reference', reference: complaint.reference },
    status: phraseValue(detail && `request.${detail.status}`),
    dueOn: dayValue(detail?.dueOn),
    closedOn: dayValue(detail?.closedOn),
    answer: phraseValue(detail?.answer),
    question: phraseValue(detail?.question?.text),
  };
}

/** What became of a request: open or closed for anybody, more after proof; thanks and ideas. */
export const followFlow: Flow = {
  name: 'follow',
  version: 2,
  machine,
  values,
};
