import { assign, emit, setup } from 'xstate';
import {
  phraseValue,
  typesOf,
  type Command,
  type Flow,
  type FlowContext,
  type ScreenMeta,
  type Values,
} from './contract';

type Slot = 'morning' | 'midday' | 'evening';

/** Who is to call, and in which language. */
type Wanted = 'womanFrench' | 'womanBambara' | 'anyFrench' | 'anyBambara';

interface HelpContext extends FlowContext {
  /** The caller comes from another flow only to be called back. */
  wantsCall: boolean;
  /** Whether the counsellors' line is open. */
  counsellor: boolean;
  /** Whose call is asked for. Words of one length: what is kept of the call tells neither by its size. */
  line: 'common' | 'sealed';
  /** Another number than the one that calls, as typed. */
  otherNumber?: string | undefined;
  slot?: Slot;
  /** Absent: whoever it is, in the language of the call. */
  wanted?: Wanted;
  /** What the person who calls will say, to be known by. */
  code?: string;
  day?: 'today' | 'tomorrow';
}

const chart = setup({ types: typesOf<HelpContext>() });

const takesNumber = chart.createStateConfig({
  meta: { entry: [8] } satisfies ScreenMeta,
  on: {
    enter: {
      target: 'when',
      actions: assign({ otherNumber: ({ event }) => event.digits }),
    },
  },
});

const wants = (wanted: Wanted) =>
  ({ target: 'when', actions: chart.assign({ wanted }) }) as const;

const machine = chart.createMachine({
  id: 'help',
  context: ({ input }) => ({
    dossier: input.dossier,
    wantsCall: input.with?.['callback'] === true,
    counsellor: false,
    line: 'common',
  }),
  initial: 'route',
  states: {
    route: {
      always: [
        { guard: ({ context }) => context.wantsCall, target: 'number' },
        { target: 'looking' },
      ],
    },
    looking: {
      meta: { waits: true } satisfies ScreenMeta,
      entry: emit({ type: 'counsellor.ask' }),
      on: {
        'told.counsellor': {
          target: 'talk',
          actions: assign({ counsellor: ({ event }) => event.open }),
        },
      },
    },
    talk: {
      meta: {
        choices: ['callback', 'counsellor', 'numbers'],
      } satisfies ScreenMeta,
      on: {
        'choose.callback': {
          target: 'number',
          actions: assign({ line: 'common' }),
        },
        // Both lines are one chart: what is asked, shown and logged cannot differ. While the line is closed its
        // label is not shown, and whoever knows the key reads the numbers.
        'choose.counsellor': [
          {
            guard: ({ context }) => context.counsellor,
            target: 'number',
            actions: assign({ line: 'sealed' }),
          },
          { target: 'numbers' },
        ],
        'choose.numbers': { target: 'numbers' },
      },
    },
    number: {
      meta: { choices: ['this', 'other'] } satisfies ScreenMeta,
      on: {
        'choose.this': {
          target: 'when',
          actions: assign({ otherNumber: undefined }),
        },
        'choose.other': { target: 'otherNumber' },
      },
    },
    otherNumber: takesNumber,
    unusableNumber: takesNumber,
    when: {
      meta: {
        choices: ['morning', 'midday', 'evening', 'who'],
      } satisfies ScreenMeta,
      on: {
        'choose.morning': {
          target: 'asking',
          actions: [assign({ slot: 'morning' }), emit(ask)],
        },
        'choose.midday': {
          target: 'asking',
          actions: [assign({ slot: 'midday' }), emit(ask)],
        },
        'choose.evening': {
          target: 'asking',
          actions: [assign({ slot: 'evening' }), emit(ask)],
        },
        'choose.who': { target: 'who' },
      },
    },
    who: {
      meta: {
        choices: ['womanFrench', 'womanBambara', 'anyFrench', 'anyBambara'],
      } satisfies ScreenMeta,
      on: {
        'choose.womanFrench': wants('womanFrench'),
        'choose.womanBambara': wants('womanBambara'),
        'choose.anyFrench': wants('anyFrench'),
        'choose.anyBambara': wants('anyBambara'),
      },
    },
    asking: {
      meta: { waits: true } satisfies ScreenMeta,
      on: {
        'told.willCall': {
          target: 'willCall',
          actions: assign({
            code: ({ event }) => event.code,
            day: ({ event }) => event.when,
          }),
        },
        'told.unusable': { target: 'unusableNumber' },
        'told.notKept': { target: 'numbers' },
      },
    },
    willCall: { meta: { end: true } satisfies ScreenMeta },
    numbers: {
      meta: { choices: ['callback'] } satisfies ScreenMeta,
      on: {
        'choose.callback': {
          target: 'number',
          actions: assign({ line: 'common' }),
        },
      },
    },
  },
});

/** What each answer to "who calls?" means. */
const asked = {
  womanFrench: { prefersWoman: true, locale: 'fr' },
  womanBambara: { prefersWoman: true, locale: 'bm' },
  anyFrench: { prefersWoman: false, locale: 'fr' },
  anyBambara: { prefersWoman: false, locale: 'bm' },
} as const satisfies Record<Wanted, object>;

function ask({ context }: { context: HelpContext }): Command {
  const { line, slot = 'morning', otherNumber, wanted } = context;
  return {
    type: 'callback.request',
    line,
    slot,
    ...(otherNumber === undefined ? {} : { otherNumber }),
    ...(wanted === undefined ? {} : asked[wanted]),
  };
}

function values(state: string, context: HelpContext): Values {
  switch (state) {
    case 'talk':
      return {
        counsellor: context.counsellor ? phraseValue('counsellor') : undefined,
      };
    case 'when':
      return {
        who: phraseValue(context.wanted && `who.${context.wanted}`),
        number:
          context.otherNumber === undefined
            ? undefined
            : { kind: 'reference', reference: context.otherNumber },
      };
    case 'willCall':
      return {
        when: phraseValue(
          context.slot && context.day && `call.${context.day}.${context.slot}`,
        ),
        code:
          context.code === undefined
            ? undefined
            : { kind: 'digits', digits: context.code },
      };
    case 'numbers': {
      const [first, second, third] = context.dossier.contacts;
      return {
        first: numberValue(first),
        second: numberValue(second),
        third: numberValue(third),
        none: first === undefined ? phraseValue('noNumbers') : undefined,
      };
    }
    default:
      return {};
  }
}

function numberValue(shown: string | undefined) {
  return shown === undefined
    ? undefined
    : ({ kind: 'digits', digits: shown } as const);
}

/** Somebody to talk to: be called back by an agent or, unseen, by a counsellor; or the numbers to call. */
export const helpFlow: Flow = {
  name: 'help',
  version: 2,
  machine,
  values,
};
