import { setTimeout as pause } from 'node:timers/promises';

import express from 'express';
import request from 'supertest';

import { simulatorSms, type Simulator } from '../../src/channels/simulator-sms';
import { DEMO_PEOPLE } from '../../src/exchange/demo-people';
import { reminderSources } from '../../src/exchange/reminder-sources';
import { newCallback } from '../../src/messaging/callback';
import { planReminders } from '../../src/messaging/plan-reminders';
import { runSender } from '../../src/messaging/run-sender';
import { settleAllWaiting } from '../../src/messaging/waiting-reports';
import { writeReminders } from '../../src/messaging/write-reminders';
import type { OffsetClock } from '../../src/runtime/clock';
import type { Database } from '../../src/runtime/database';
import { createMetrics } from '../../src/runtime/metrics';
import { simulatorPages } from '../../src/simulator/simulator-pages';
import { hearSimulator } from '../../src/webhooks/hear-simulator';
import { openSmsDesk } from '../../src/webhooks/sms-desk';
import { smsWording } from './reminders';
import { sendingHouse } from './sms-queue';

/** One SMS of an inbox, as the page of the simulator shows it. */
export interface ShownSms {
  id: string;
  at: string;
  text: string;
  report?: string;
}

/** A demo whose days somebody passes by the simulator's page; reminders, the sender and the simulator do their work. */
export interface DemoDays {
  clock: OffsetClock;
  sms: Simulator;
  /** The button "+1 day": every hour on the way is lived through. */
  nextDay(): Promise<void>;
  inbox(phone: string): Promise<{ messages: ShownSms[]; undelivered: number }>;
  /** An SMS that a phone of the demo writes. */
  writes(from: string, text: string): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Opens a demo over a loaded store, early in the morning.
 * @param live what people do at an hour, before what is due then goes out
 */
export function demoDays(
  db: Database,
  clock: OffsetClock,
  live: (demo: DemoDays) => Promise<void>,
): DemoDays {
  const sms = simulatorSms({ now: () => clock.now(), deadlineMs: 20 });
  const house = sendingHouse(db, [sms], { clock });
  const absent = () => Promise.reject(new Error('the store is here'));
  const desk = openSmsDesk({
    ...{ gateways: new Map([[sms.name, sms]]), db, clock, log: house.log },
    ...{ metrics: createMetrics(), wording: smsWording },
    hashKey: 'a hash key for tests, long enough to be one',
    spool: {
      ...{ put: absent, read: absent, remove: absent, setApart: absent },
      counts: absent,
      waiting: () => Promise.resolve([]),
    },
  });
  hearSimulator(desk, sms, { clock, log: house.log });
  const sender = runSender(house);
  const runDue = async (): Promise<void> => {
    await live(demo);
    await planReminders({ db, clock }, reminderSources);
    await writeReminders({
      ...{ db, clock, wording: smsWording, sources: reminderSources },
    });
    await sender.sendNow();
    await reported(db);
  };
  const pages = express().use(
    '/simulator',
    simulatorPages({
      ...{ people: DEMO_PEOPLE, clock, shortCode: '*384*55#', token: 'demo' },
      ...{ page: { septets: 160, alphabet: 'gsm7' }, sms },
      // The page would tell no more than that it failed.
      runDue: () => runDue().catch((error: unknown) => void (fault ??= error)),
    }),
  );
  let fault: unknown;
  let written = 0;
  const demo: DemoDays = {
    ...{ clock, sms },
    async nextDay() {
      const offsetDays = Math.round(clock.offsetDays()) + 1;
      await request(pages)
        .post('/simulator/clock')
        .send({ offsetDays })
        .expect(200);
      if (fault !== undefined) throw fault as Error;
    },
    async inbox(phone) {
      const asked = request(pages).get('/simulator/inbox').query({ phone });
      return (await asked).body as Awaited<ReturnType<DemoDays['inbox']>>;
    },
    async writes(from, text) {
      written += 1;
      const form = { id: `inbound-${written}`, from, text };
      const received = {
        ...{ contentType: 'application/x-www-form-urlencoded', query: '' },
        text: new URLSearchParams({ ...form, to: '36055' }).toString(),
      };
      const callback = newCallback({
        ...{ gateway: sms.name, door: 'inbound', request: received },
        receivedAt: clock.now(),
      });
      const read = sms.readInbound?.(received);
      if (read?.kind !== 'read') throw new Error('no SMS');
      await desk.take.inbound(callback, read);
    },
    stop: () => sender.stop(),
  };
  return demo;
}

/** Waits until every message that went has its report. */
async function reported(db: Database): Promise<void> {
  for (let tries = 0; tries < 500; tries += 1) {
    await settleAllWaiting(db);
    const { rowCount } = await db.pool.query(
      `select from messages where state in ('sending', 'sent', 'unknown') limit 1`,
    );
    if (rowCount === 0) return;
    await pause(2);
  }
  throw new Error('a message has no report');
}
