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

interface HelpContext extends FlowContext {
  /** The caller comes from another flow only to be called back. */
  wantsCall: boolean;
  /** Another number than the one that calls, as typed. */
  otherNumber?: string | undefined;
  slot?: Slot;
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

const machine = chart.createMachine({
  id: 'help',
  context: ({ input }) => ({
    dossier: input.dossier,
    wantsCall: input.with?.['callback'] === true,
  }),
  initial: 'route',
  states: {
    route: {
      always: [
        { guard: ({ context }) => context.wantsCall, target: 'number' },
        { target: 'talk' },
      ],
    },
    talk: {
      // Key 2 waits for the counsellor's line.
      meta: { choices: ['callback', '', 'numbers'] } satisfies ScreenMeta,
      on: {
        'choose.callback': { target: 'number' },
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
      meta: { choices: ['morning', 'midday', 'evening'] } satisfies ScreenMeta,
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
      },
    },
    willCall: { meta: { end: true } satisfies ScreenMeta },
    numbers: {
      meta: { choices: ['callback'] } satisfies ScreenMeta,
      on: { 'choose.callback': { target: 'number' } },
    },
  },
});

function ask({ context }: { context: HelpContext }): Command {
  const { slot = 'morning', otherNumber } = context;
  return otherNumber === undefined
    ? { type: 'callback.request', slot }
    : { type: 'callback.request', slot, otherNumber };
}

function values(state: string, context: HelpContext): Values {
  switch (state) {
    case 'when':
      return {
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

/** Somebody to talk to: be called back, or the numbers to call. */
export const helpFlow: Flow = {
  name: 'help',
  version: 1,
  machine,
  values,
};
