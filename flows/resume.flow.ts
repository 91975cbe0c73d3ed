import { emit, setup } from 'xstate';
import {
  typesOf,
  type Flow,
  type FlowContext,
  type ScreenMeta,
} from './contract';

const machine = setup({ types: typesOf<FlowContext>() }).createMachine({
  id: 'resume',
  context: ({ input }) => ({ dossier: input.dossier }),
  initial: 'offer',
  states: {
    offer: {
      meta: { choices: ['resume', 'menu'], first: true } satisfies ScreenMeta,
      on: {
        'choose.resume': { actions: emit({ type: 'resume' }) },
        'choose.menu': { actions: emit({ type: 'open', flow: 'main' }) },
      },
    },
  },
});

/** After a cut: go on where the call was, or start again. */
export const resumeFlow: Flow = {
  name: 'resume',
  version: 1,
  machine,
  values: () => ({}),
};
