import { PassThrough } from 'node:stream';

import { calledService } from '../../src/cli/called-service';
import { terminalCall } from '../../src/cli/terminal-call';
import { terminalInbox } from '../../src/cli/terminal-inbox';
import { useTerminalPhone } from '../../src/cli/terminal-phone';
import { type TinyHouse, tinyHouse } from '../support/tiny-house';
import { closed, listening } from '../webhooks/door-house';

let house: TinyHouse;
let url: string;

beforeEach(async () => {
  house = tinyHouse();
  url = `http://127.0.0.1:${await listening(house.server)}`;
});

afterEach(() => closed(house.server));

interface Change {
  isTerminal?: boolean;
  code?: string;
  token?: string;
  url?: string;
  ownReply?: (screen: string) => string | undefined;
}

/** What the phone prints when these lines are typed, and with what it ends. */
async function typed(lines: readonly string[], change: Change = {}) {
  const input = new PassThrough();
  const output = new PassThrough();
  const complaints: string[] = [];
  let printed = '';
  output.setEncoding('utf8').on('data', (text: string) => (printed += text));
  input.end(lines.map((line) => `${line}\n`).join(''));
  const exitCode = await useTerminalPhone(
    {
      input,
      output,
      complain: (line) => void complaints.push(line),
      isTerminal: change.isTerminal ?? false,
    },
    terminalCall({
      url: change.url ?? url,
      token: change.token ?? 'demo',
      shortCode: '*384*55#',
      msisdn: '+22360000001',
    }),
    {
      code: change.code ?? '*384*55#',
      title: '+22360000001',
      ownReply: change.ownReply ?? (() => undefined),
      inbox: terminalInbox(change.url ?? url, '+22360000001'),
    },
  );
  return { exitCode, printed, complaints };
}

const paths = () =>
  house.turns.map(({ input }) =>
    input.mode === 'cumulative' ? input.path : input.reply,
  );

test('in a script every line is a reply and every screen comes plain', async () => {
  const { exitCode, printed } = await typed(['1', '1201', '0']);
  expect(exitCode).toBe(0);
  expect(paths()).toEqual(['', '1', '1*1201', '1*1201*0']);
  expect(printed).toContain(
    '> 1\n\nTapez les 4 derniers chiffres de la carte.\n\n> 1201\n\nPaiement prévu\n',
  );
});

test('when the lines are at their end the caller hangs up', async () => {
  await typed(['1']);
  expect(house.ends).toEqual([
    expect.objectContaining({ status: 'incomplete', hops: 2 }),
  ]);
});

test('a call that ends by itself is ended once, as a success', async () => {
  const { exitCode, printed } = await typed(['0']);
  expect(exitCode).toBe(0);
  expect(printed).toMatch(/Merci\.\nAw ni cè\.\n\n\(appel terminé\)\n\n$/);
  expect(house.ends.map(({ status }) => status)).toEqual(['success']);
});

test('replies that are left over are an error, since a script would not notice', async () => {
  const { exitCode, complaints } = await typed(['0', '1']);
  expect(exitCode).toBe(1);
  expect(complaints).toEqual(["Appel terminé: « 1 » n'est parti nulle part."]);
});

test('an empty line is an empty reply, as on a phone', async () => {
  await typed(['1', '']);
  expect(paths()).toEqual(['', '1', '1*']);
});

test('a code that is dialled begins a call under another id, with its tail', async () => {
  await typed(['*384*55*1#', 'r'], { code: '*384*55*3#' });
  expect(paths()).toEqual(['3', '1', '3']);
  const ids = house.turns.map(({ sessionId }) => sessionId);
  expect(new Set(ids).size).toBe(3);
  expect(house.ends).toHaveLength(3);
});

test('a code that is not ours rings nowhere', async () => {
  const { exitCode, printed, complaints } = await typed([], { code: '*999#' });
  expect(exitCode).toBe(1);
  expect(printed).toBe('');
  expect(complaints).toEqual(["*999# n'est pas le code de Jigi."]);
  expect(house.turns).toEqual([]);
});

test('a line that is cut tells the service nothing', async () => {
  const { printed } = await typed(['1', 'c']);
  expect(printed).toContain('ligne coupée');
  expect(house.ends).toEqual([]);
});

test('q hangs up and leaves the rest', async () => {
  await typed(['1', 'q', '2']);
  expect(paths()).toEqual(['', '1']);
  expect(house.ends).toHaveLength(1);
});

test('a screen that the phone may answer by itself is answered and shown', async () => {
  const { printed } = await typed([], {
    ownReply: (screen) => (screen.includes('6 Kan') ? '6' : undefined),
  });
  expect(paths()).toEqual(['', '6']);
  expect(printed).toContain('> 6\n\nVu: 6\n');
});

test('in a terminal the phone is drawn and says how to use it', async () => {
  const { printed } = await typed(['1'], { isTerminal: true });
  expect(printed).toContain('q raccroche et quitte');
  expect(printed).toContain('│ 1 Mon paiement       │');
  expect(printed).toMatch(/145\/160 · \d+ ms/);
});

test.each([false, true])(
  'a wrong token and a service that is not there are told in French, once (terminal: %s)',
  async (isTerminal) => {
    const wrong = await typed([], { token: 'wrong', isTerminal });
    expect(wrong.complaints).toEqual([
      'Le service ne connaît pas ce jeton: vérifiez --token.',
    ]);
    await closed(house.server);
    const gone = await typed([], { isTerminal });
    expect(gone.complaints).toEqual([`Le service ne répond pas à ${url}.`]);
    expect([wrong.exitCode, gone.exitCode]).toEqual([1, 1]);
    for (const { printed } of [wrong, gone]) {
      expect(printed).not.toMatch(/connexion|│/);
    }
    await listening(house.server);
  },
);

describe('the service that is called', () => {
  const own = { url: 'http://own', stop: () => Promise.resolve() };
  const start = () => Promise.resolve(own);

  test('is started when none runs here', async () => {
    await closed(house.server);
    expect(await calledService(start, url, undefined)).toBe(own);
    await listening(house.server);
  });

  test('is never replaced when it was named', async () => {
    await expect(calledService(start, 'http://own', url)).rejects.toThrow(
      `Aucun service Jigi ne répond à ${url}.`,
    );
  });
});

test('the phone shows its SMS, tells of those that come, and lets a day pass', async () => {
  const send = (text: string) =>
    house.sms.send({
      ...{ text, encoding: 'gsm7' },
      recipients: [{ id: '1', msisdn: '+22360000001' }],
    });
  await send('Jigisèmèjiri: avant');
  const unheard = house.worked.push.bind(house.worked);
  house.worked.push = (...days) => {
    // The day's own work: a notice goes.
    if (house.worked.length === 0) void send('Jigisèmèjiri: un jour après');
    return unheard(...days);
  };
  const { printed, exitCode } = await typed(['j', 'm', 'q']);
  expect(exitCode).toBe(0);
  expect(printed).toContain('(le service pense être le 2026-03-11)');
  // Announced once, and shown once more with the one before.
  expect(printed.split('un jour après')).toHaveLength(3);
  expect(printed.split('avant')).toHaveLength(2);
});

test('a service that is no demo has no inbox, and says so', async () => {
  const { printed } = await typed(['m', 'j'], { url: 'http://127.0.0.1:9' });
  expect(printed.match(/n'a pas de boîte SMS/g)).toHaveLength(2);
});
