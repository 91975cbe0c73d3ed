import type { Server } from 'node:http';

import express from 'express';

import { ussdGateways } from '../../src/channels';
import type {
  UssdEnd,
  UssdScreen,
  UssdTurn,
} from '../../src/channels/contract';
import { DEMO_PEOPLE } from '../../src/exchange/demo-people';
import { simulatorSms, type Simulator } from '../../src/channels/simulator-sms';
import type { Callback } from '../../src/messaging/callback';
import type { OffsetClock } from '../../src/runtime/clock';
import { simulatorPages } from '../../src/simulator/simulator-pages';
import { limitedServer } from '../../src/webhooks/server-limits';
import { smsWebhooks } from '../../src/webhooks/sms';
import { ussdWebhooks } from '../../src/webhooks/ussd';
import { movableClock } from './movable-clock';

/** The page before a service of four screens: enough to try the phone, and to fail on demand. */
export interface TinyHouse {
  server: Server;
  turns: UssdTurn[];
  ends: UssdEnd[];
  clock: OffsetClock;
  sms: Simulator;
  /** SMS that came in at their door. */
  written: Callback[];
  /** Days on which what was due was done. */
  worked: string[];
  /** Throws in the place of the next answers until it is taken away. */
  failing?: Error;
}

const MENU =
  "Jigisèmèjiri\n1 Mon paiement\n2 J'ai reçu / pas reçu\n3 Une demande\n4 Séances, farine, travaux\n5 Parler à quelqu'un\n6 Kan / Langue, numéro\n0 Quitter";

const SCREENS: Readonly<Record<string, UssdScreen>> = {
  '': { text: MENU, end: false },
  '1': { text: 'Tapez les 4 derniers chiffres de la carte.', end: false },
  '1*1201': {
    text: 'Paiement prévu\ndu 12/03 au 16/03\n30 000 F CFA (2 mois)\nMairie de Kita-Ouest\nPrenez votre carte\n1 Derniers paiements\n2 Un problème\n0 Retour',
    end: false,
  },
  '0': { text: 'Merci.\nAw ni cɛ.', end: true },
};

export function tinyHouse(): TinyHouse {
  const turns: UssdTurn[] = [];
  const ends: UssdEnd[] = [];
  const clock = movableClock('2026-03-10T09:00:00Z');
  const gateways = ussdGateways();
  const sms = simulatorSms({ now: () => clock.now() });
  const written: Callback[] = [];
  const worked: string[] = [];
  const doors = ussdWebhooks({
    gateways,
    tokens: ['demo'],
    answer: (_gateway, turn) => {
      turns.push(turn);
      if (house.failing) return Promise.reject(house.failing);
      const path = turn.input.mode === 'cumulative' ? turn.input.path : '';
      const known = SCREENS[path];
      return Promise.resolve(known ?? { text: `Vu: ${path}`, end: false });
    },
    ended: (_gateway, end) => {
      ends.push(end);
      return Promise.resolve();
    },
    courteous: () => ({ text: 'Réessayez plus tard.', end: true }),
    log: { warn: () => undefined, error: () => undefined },
  });
  const smsDoors = smsWebhooks({
    gateways: new Map([[sms.name, sms]]),
    tokens: ['demo'],
    take: {
      delivery: () => Promise.resolve(),
      inbound: (callback) => Promise.resolve(void written.push(callback)),
    },
    clock,
    log: { warn: () => undefined, error: () => undefined },
  });
  const pages = express().use(
    '/simulator',
    simulatorPages({
      people: DEMO_PEOPLE,
      clock,
      shortCode: '*384*55#',
      token: 'demo',
      page: { septets: 160, alphabet: 'gsm7' },
      sms,
      runDue: () => {
        worked.push(clock.now().toISOString().slice(0, 16));
        return Promise.resolve();
      },
    }),
  );
  const server = limitedServer((request, response) =>
    doors(request, response, () => {
      smsDoors(request, response, () => {
        pages(request, response);
      });
    }),
  );
  const house: TinyHouse = { server, turns, ends, clock, sms, written, worked };
  return house;
}
