import { emit, setup } from 'xstate';
import {
  openProved,
  typesOf,
  type Flow,
  type FlowContext,
  type ScreenMeta,
} from './contract';

const machine = setup({ types: typesOf<FlowContext>() }).createMachine({
  id: 'settings',
  context: ({ input }) => ({ dossier: input.dossier }),
  initial: 'menu',
  states: {
    menu: {
      meta: { choices: ['language', 'sms', 'change'] } satisfies ScreenMeta,
      on: {
        'choose.language': { target: 'language' },
        'choose.sms': { target: 'sms' },
        'choose.change': { target: 'change' },
      },
    },
    language: {
      meta: { choices: ['bm', 'fr'] } satisfies ScreenMeta,
      on: {
        'choose.bm': {
          target: 'keepingLanguage',
          actions: emit({ type: 'language.choose', locale: 'bm' }),
        },
        'choose.fr': {
          target: 'keepingLanguage',
          actions: emit({ type: 'language.choose', locale: 'fr' }),
        },
      },
    },
    keepingLanguage: {
      meta: { waits: true } satisfies ScreenMeta,
      on: { 'told.done': { actions: emit({ type: 'open', flow: 'main' }) } },
    },
    sms: {
      meta: { choices: ['yes', 'no'] } satisfies ScreenMeta,
      on: {
        'choose.yes': {
          target: 'starting',
          actions: emit({ type: 'sms.choose', on: true }),
        },
        'choose.no': {
          target: 'stopping',
          actions: emit({ type: 'sms.choose', on: false }),
        },
      },
    },
    starting: {
      meta: { waits: true } satisfies ScreenMeta,
      on: { 'told.done': { target: 'smsOn' } },
    },
    stopping: {
      meta: { waits: true } satisfies ScreenMeta,
      on: { 'told.done': { target: 'smsOff' } },
    },
    smsOn: {
      meta: { choices: ['another'], first: true } satisfies ScreenMeta,
      on: {
        'choose.another': { actions: emit({ type: 'open', flow: 'main' }) },
      },
    },
    smsOff: {
      meta: { choices: ['another'], first: true } satisfies ScreenMeta,
      on: {
        'choose.another': { actions: emit({ type: 'open', flow: 'main' }) },
      },
    },
    change: {
      meta: {
        choices: ['newNumber', 'phoneLost', 'cardName', 'mistake'],
      } satisfies ScreenMeta,
      on: {
        'choose.newNumber': {
          actions: emit(({ context }) =>
            openProved(context.dossier, 'complaint', {
              subject: 'phone.newNumber',
            }),
          ),
        },
        'choose.phoneLost': {
          actions: emit({
            type: 'open',
            flow: 'complaint',
            with: { subject: 'phone.lost' },
          }),
        },
        'choose.cardName': {
          actions: emit(({ context }) =>
            openProved(context.dossier, 'complaint', { subject: 'card.name' }),
          ),
        },
        'choose.mistake': {
          actions: emit(({ context }) =>
            openProved(context.dossier, 'complaint', {
              subject: 'targeting.mistake',
            }),
          ),
        },
      },
    },
  },
});

/** Language and messages of this phone, without proof; corrections are requests. */
export const settingsFlow: Flow = {
  name: 'settings',
  version: 1,
  machine,
  values: () => ({}),
};
