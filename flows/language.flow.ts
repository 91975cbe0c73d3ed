import { emit, setup } from 'xstate';
import {
  typesOf,
  type Flow,
  type FlowContext,
  type ScreenMeta,
} from './contract';

const machine = setup({ types: typesOf<FlowContext>() }).createMachine({
  id: 'language',
  context: ({ input }) => ({ dossier: input.dossier }),
  initial: 'choose',
  states: {
    choose: {
      meta: { choices: ['bm', 'fr'], first: true } satisfies ScreenMeta,
      on: {
        'choose.bm': {
          target: 'keeping',
          actions: emit({ type: 'language.choose', locale: 'bm' }),
        },
        'choose.fr': {
          target: 'keeping',
          actions: emit({ type: 'language.choose', locale: 'fr' }),
        },
      },
    },
    keeping: {
      meta: { waits: true } satisfies ScreenMeta,
      on: {
        'told.done': { actions: emit({ type: 'open', flow: 'main' }) },
      },
    },
  },
});

/** The first dial of a number: one screen in both languages. */
export const languageFlow: Flow = {
  name: 'language',
  version: 1,
  machine,
  values: () => ({}),
};
