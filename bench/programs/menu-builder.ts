import { createServer } from 'node:http';
import express from 'express';
import { createClient } from 'redis';
import UssdMenu from 'ussd-menu-builder';
import { constantScreen } from '../screens';
import { tellPort } from './tell-port';

/**
 * The same session on Express with ussd-menu-builder and its session in Redis.
 * A menu holds one caller's arguments, so each request builds its own: with one
 * for all, as its README has it, calls at the same time never get an answer.
 */
const redis = createClient({ url: process.argv[2] ?? '' });
// Redis leaves before this program when the bench ends.
redis.on('error', () => undefined);

interface Form {
  sessionId: string;
  phoneNumber: string;
  serviceCode: string;
  text: string;
}

function menuFor({ text }: Form): UssdMenu {
  const menu = new UssdMenu();
  menu.sessionConfig({
    start: () => Promise.resolve(),
    get: (sessionId: string, key: string) => redis.get(`${sessionId}:${key}`),
    set: (sessionId: string, key: string, value: string) =>
      redis.set(`${sessionId}:${key}`, value, {
        expiration: { type: 'EX', value: 600 },
      }),
    end: () => Promise.resolve(),
  });
  // What the package's own types call `any`.
  const session = menu.session as {
    get(key: string): Promise<string | null>;
    set(key: string, value: string): Promise<unknown>;
  };
  const show = (state: string) => (): void => {
    void session
      .get('state')
      .then(() => session.set('state', state))
      .then(() => menu.con(constantScreen(text).slice(4)));
  };
  menu.startState({ run: show('menu'), next: { 1: 'card' } });
  menu.state('card', { run: show('card'), next: { '*\\d{4}': 'payment' } });
  menu.state('payment', { run: show('payment'), next: { 1: 'last' } });
  menu.state('last', { run: show('last'), next: { 0: 'payment' } });
  return menu;
}

const app = express();
app.use(express.urlencoded({ extended: false }));
app.post('/ussd', (request, response) => {
  // What a form parser makes of a body is untyped.
  const form = request.body as Form;
  void menuFor(form).run(form, (screen: string) => {
    response.type('text/plain').send(screen);
  });
});
void redis.connect().then(() => {
  tellPort(createServer(app));
});
