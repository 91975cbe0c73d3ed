import { assign, emit, setup } from 'xstate';
import {
  flowNames,
  phraseValue,
  typesOf,
  type Command,
  type Flow,
  type FlowContext,
  type FlowName,
  type Handover,
  type ScreenMeta,
  type Values,
} from './contract';

interface IdentityContext extends FlowContext {
  /** The flow that asked for proof, and what it wants back. */
  then: FlowName;
  rest: Handover;
}

const chart = setup({
  types: typesOf<IdentityContext>(),
  guards: {
    isRelay: ({ context }) => context.dossier.phoneKind === 'relay',
    isForComplaint: ({ context }) => context.then === 'complaint',
    isUntilTomorrow: ({ event }) =>
      event.type === 'told.locked' && event.until === 'tomorrow',
  },
});

const takesCard = (entry: readonly number[]) =>
  chart.createStateConfig({
    meta: { entry, keys: { noCard: '9' } } satisfies ScreenMeta,
    on: {
      enter: { target: 'proving', actions: emit(prove) },
      'choose.noCard': [
        { guard: 'isForComplaint', actions: emit(goOnWithoutCard) },
        { target: 'noCard' },
      ],
    },
  });

const locked = chart.createStateConfig({
  meta: {
    choices: ['complaint', 'help'],
    entry: [10],
    quiet: true,
  } satisfies ScreenMeta,
  on: {
    'choose.complaint': { actions: emit(goOnWithoutCard) },
    'choose.help': { actions: emit({ type: 'open', flow: 'help' }) },
    enter: { guard: 'isRelay', target: 'proving', actions: emit(prove) },
  },
});

const machine = chart.createMachine({
  id: 'identity',
  context: ({ input }) => ({ dossier: input.dossier, ...asked(input.with) }),
  initial: 'card',
  states: {
    card: takesCard([4, 10]),
    proving: {
      meta: { waits: true } satisfies ScreenMeta,
      on: {
        'told.proved': {
          actions: [
            assign({ dossier: ({ event }) => event.dossier }),
            emit(openAsked),
          ],
        },
        'told.wrong': { target: 'wrong' },
        'told.fullCardNeeded': { target: 'fullCard' },
        'told.locked': [
          { guard: 'isUntilTomorrow', target: 'lockedTomorrow' },
          { target: 'lockedSoon' },
        ],
      },
    },
    wrong: takesCard([4, 10]),
    fullCard: takesCard([10]),
    lockedSoon: locked,
    lockedTomorrow: locked,
    noCard: {
      meta: {
        choices: ['lost', 'notListed', 'anonymous', 'help'],
      } satisfies ScreenMeta,
      on: {
        'choose.lost': {
          actions: emit({
            type: 'open',
            flow: 'complaint',
            with: { subject: 'card.lost', withoutCard: true },
          }),
        },
        'choose.notListed': {
          actions: emit({
            type: 'open',
            flow: 'complaint',
            with: { subject: 'targeting.notListed', withoutCard: true },
          }),
        },
        'choose.anonymous': {
          actions: emit({
            type: 'open',
            flow: 'complaint',
            with: { anonymous: true },
          }),
        },
        'choose.help': { actions: emit({ type: 'open', flow: 'help' }) },
      },
    },
  },
});

function asked(handover: Handover = {}): { then: FlowName; rest: Handover } {
  const { then: wanted, ...rest } = handover;
  return { then: flowNames.find((name) => name === wanted) ?? 'main', rest };
}

function prove({
  event,
}: {
  event: { type: 'enter'; digits: string };
}): Command {
  return { type: 'identity.prove', digits: event.digits };
}

function openAsked({ context }: { context: IdentityContext }): Command {
  return { type: 'open', flow: context.then, with: context.rest };
}

/** A request is taken without proof too; what was already chosen is kept. */
function goOnWithoutCard({ context }: { context: IdentityContext }): Command {
  const chosen = context.then === 'complaint' ? context.rest : {};
  return {
    type: 'open',
    flow: 'complaint',
    with: { ...chosen, withoutCard: true },
  };
}

function values(state: string, { dossier }: FlowContext): Values {
  const isLocked = state === 'lockedSoon' || state === 'lockedTomorrow';
  const mayTryFullCard = isLocked && dossier.phoneKind === 'relay';
  return {
    fullCard: mayTryFullCard ? phraseValue('fullCardStillOpen') : undefined,
  };
}

/** Who is calling: the card's last four digits, or its eight and the two of the back. */
export const identityFlow: Flow = {
  name: 'identity',
  version: 1,
  machine,
  values,
};
