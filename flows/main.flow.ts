import { emit, setup } from 'xstate';
import {
  openProved,
  typesOf,
  type Flow,
  type FlowContext,
  type ScreenMeta,
} from './contract';

const machine = setup({ types: typesOf<FlowContext>() }).createMachine({
  id: 'main',
  context: ({ input }) => ({ dossier: input.dossier }),
  initial: 'menu',
  states: {
    menu: {
      meta: {
        choices: [
          'payment',
          'receipt',
          'complaint',
          'activities',
          'help',
          'settings',
        ],
        first: true,
      } satisfies ScreenMeta,
      on: {
        'choose.payment': {
          actions: emit(({ context }) =>
            openProved(context.dossier, 'payment'),
          ),
        },
        'choose.receipt': {
          actions: emit(({ context }) =>
            openProved(context.dossier, 'receipt'),
          ),
        },
        'choose.complaint': {
          actions: emit({ type: 'open', flow: 'complaint' }),
        },
        'choose.activities': {
          actions: emit(({ context }) =>
            openProved(context.dossier, 'activities'),
          ),
        },
        'choose.help': { actions: emit({ type: 'open', flow: 'help' }) },
        'choose.settings': {
          actions: emit({ type: 'open', flow: 'settings' }),
        },
      },
    },
  },
});

/** The first menu: six doors, three of them behind the card. */
export const mainFlow: Flow = {
  name: 'main',
  version: 1,
  machine,
  values: () => ({}),
};
