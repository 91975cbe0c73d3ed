import type { Server } from 'node:http';
import express from 'express';
import { reckonings } from '../../src/campaigns/reckonings';
import request, { type Agent, type Response } from 'supertest';
import { consolePages } from '../../src/console/console';
import { limitedServer } from '../../src/webhooks/server-limits';
import type { ConsoleHouse } from '../../src/console/console-house';
import type { Database } from '../../src/runtime/database';
import { AppError } from '../../src/runtime/errors';
import { packageRoot } from '../../src/runtime/package-root';
import { openTexts } from '../../src/text/texts';
import { campaignDesk } from './campaigns';
import { smsWording } from './reminders';
import { password, testDesk, type OpenedAccount, type TestDesk } from './staff';

const texts = openTexts({ root: packageRoot });

/** The console alone, on a clock that stands still. */
export interface ConsoleBench {
  house: ConsoleHouse;
  desk: TestDesk;
  server: Server;
  router: ReturnType<typeof consolePages>;
  /** What was logged as an error. */
  errors: unknown[];
}

export function consoleBench(
  db: Database,
  change: Partial<
    Pick<ConsoleHouse, 'insideProduction' | 'demo' | 'reckonings'>
  > = {},
): ConsoleBench {
  const desk = testDesk(db, change.demo);
  const errors: unknown[] = [];
  const house: ConsoleHouse = {
    ...{ db, clock: desk.clock, staff: desk, hashKey: desk.hashKey },
    ...{ texts, wording: smsWording },
    campaignDesk: () => ({ ...campaignDesk(db), clock: desk.clock }),
    reckonings: change.reckonings ?? reckonings(),
    contacts: ['+223 20 22 16 15'],
    log: { error: (...told) => errors.push(told) },
    ...{ insideProduction: false, demo: false, ...change },
  };
  const statusOf = (error: unknown): number =>
    error instanceof AppError && error.kind === 'unavailable'
      ? 503
      : Number(Reflect.get(Object(error), 'status') ?? 500);
  const router = consolePages(house, { statusOf });
  const app = express();
  app.set('trust proxy', 'loopback');
  app.use('/console', router);
  return { ...{ house, desk, router, errors }, server: limitedServer(app) };
}

/** A browser without script: it keeps cookies, and sends forms with the word of the page. */
export interface Browser {
  agent: Agent;
  get(path: string): Promise<Response>;
  /** Sends a form from a page where one stands. */
  post(path: string, form?: object, from?: string): Promise<Response>;
}

export function aBrowser(server: Server): Browser {
  const agent = request.agent(server);
  // Supertest's requests are thenable; awaited here, so that a promise is what comes out.
  const get = async (path: string): Promise<Response> => await agent.get(path);
  return {
    agent,
    get,
    async post(path, form = {}, from = '/console/connexion') {
      const { text } = await get(from);
      return await agent
        .post(path)
        .type('form')
        .send({ _csrf: formWordOf(text), ...form });
    },
  };
}

/** The word of the first form of a page. */
export function formWordOf(page: string): string {
  return /name="_csrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
}

/** Signs somebody in, the code of her phone included. */
export async function signedIn(
  { server }: Pick<ConsoleBench, 'server'>,
  account: OpenedAccount,
): Promise<Browser> {
  const browser = aBrowser(server);
  const form = { identifiant: account.login, 'mot-de-passe': password };
  const answer = await browser.post('/console/connexion', form);
  const to = answer.headers['location'];
  if (to === '/console/second-facteur')
    await browser.post(to, { code: account.code() }, to);
  return browser;
}
