import { Command } from 'commander';
import { addMessagesCommands } from '../../src/cli/messages';
import { runCommand } from '../../src/cli/run-command';
import { fixedClock } from '../../src/runtime/clock';
import { testDatabase, type TestDatabase } from '../support/database';
import { countedStates, queueSms, storedSms } from '../support/sms-queue';

const clock = fixedClock('2026-03-12T10:00:00Z');
let store: TestDatabase;
beforeAll(async () => {
  store = await testDatabase();
});
beforeEach(() => store.truncateAll());
afterAll(() => store.close());

/** Runs the command as the administrator would; its house stays open. */
async function messages(...words: string[]) {
  const program = new Command('jigi').exitOverride();
  program.configureOutput({ outputError: () => undefined });
  addMessagesCommands(program, () =>
    Promise.resolve({
      ...{ db: store.db, clock, migrations: [], hashKey: '' },
      close: () => Promise.resolve(),
    }),
  );
  const told: string[] = [];
  let out = '';
  const write = jest
    .spyOn(process.stdout, 'write')
    .mockImplementation((text) => (out += String(text)) !== '');
  try {
    const code = await runCommand(program, ['messages', ...words], (line) =>
      told.push(line),
    );
    return { code, out, told };
  } finally {
    write.mockRestore();
  }
}

const audited = async () =>
  (
    await store.db.prisma.auditEntry.findMany({
      select: { action: true, subject: true },
      orderBy: { id: 'asc' },
    })
  ).map(({ action, subject }) => `${action} ${subject}`);

test('the status counts what waits, and says what stands still and why', async () => {
  expect((await messages('status')).out).toBe('Aucun SMS en attente.\n');
  await queueSms(store.db, { count: 3, dueAt: '2026-03-12T07:00:00Z' });
  await store.db.prisma.gatewayState.createMany({
    data: [
      {
        ...{ gateway: 'kannel', pausedReason: 'noBalance' },
        pausedAt: clock.now(),
      },
      {
        ...{ gateway: 'orange', failures: 7 },
        openUntil: new Date('2026-03-12T10:05:00Z'),
      },
    ],
  });
  await messages('pause', '--class', 'campaign');
  const { out, code } = await messages('status');
  expect(code).toBe(0);
  expect(out).toContain('       3 campagnes en attente, depuis 3 h au plus\n');
  expect(out).toContain('Suspendu: les campagnes\n');
  expect(out).toContain('Suspendu: kannel, plus de crédit');
  expect(out).toContain('En échec: orange, 7 requêtes de suite');
});

test('a class and a gateway are paused and resumed once, and the audit chain tells it', async () => {
  for (const of of [
    ['--class', 'reminder'],
    ['--gateway', 'kannel'],
  ]) {
    expect((await messages('pause', ...of)).out).toMatch(/^Suspendu/);
    expect((await messages('pause', ...of)).out).toMatch(/^C'était déjà/);
    expect((await messages('resume', ...of)).out).toMatch(/^Repris/);
    expect((await messages('resume', ...of)).out).toMatch(/^Ce n'était pas/);
  }
  expect(await audited()).toEqual([
    ...['messages.paused class:reminder', 'messages.resumed class:reminder'],
    ...['messages.paused gateway:kannel', 'messages.resumed gateway:kannel'],
  ]);
});

test('a pause of nothing, or of both, is refused', async () => {
  const refused = await messages('pause');
  expect(refused).toMatchObject({ out: '', code: 3 });
  expect(refused.told.join()).toContain('soit --class, soit --gateway');
});

test('unknown messages are listed with masked numbers, and settled by an officer without being sent again', async () => {
  expect((await messages('unknown')).out).toMatch(/^Le sort de tous/);
  await queueSms(store.db, {
    ...{ count: 2, state: 'unknown', reason: 'noAnswer' },
  });
  const { out } = await messages('unknown');
  expect(out).toContain('n° 1  +223••••••00  test');
  expect(out).not.toContain('70000000');
  expect((await messages('settle', '1', '--as', 'delivered')).code).toBe(0);
  expect((await messages('settle', '2', '--as', 'failed')).code).toBe(0);
  expect(await countedStates(store.db)).toEqual({
    ...{ delivered: 1, 'failed byOfficer': 1 },
  });
  expect((await storedSms(store.db))[0]).toMatchObject({ attempts: 0 });
  expect(await audited()).toEqual([
    ...['message.settled message:1', 'message.settled message:2'],
  ]);
});

test('a phone that an officer says was reached leaves the list of those that nobody reaches', async () => {
  const { prisma } = store.db;
  const msisdn = '+22370000000';
  await queueSms(store.db, { state: 'unknown', reason: 'noAnswer' });
  await prisma.phone.create({
    data: {
      ...{ msisdn, failedInRow: 4 },
      failedSince: new Date('2026-01-10'),
    },
  });
  await prisma.unreachablePhone.create({
    data: {
      ...{ eventId: 'a', msisdn, reason: 'failed', listedAt: clock.now() },
      since: new Date('2026-01-10'),
    },
  });
  await messages('settle', '1', '--as', 'delivered');
  expect(await prisma.phone.findUnique({ where: { msisdn } })).toMatchObject({
    ...{ failedInRow: 0, failedSince: null },
    reachedOn: new Date('2026-03-12'),
  });
  expect(await prisma.unreachablePhone.findMany()).toMatchObject([
    { msisdn, settledAt: clock.now() },
  ]);
});

test('a message whose fate is known is not settled anew, and one that is not there is told', async () => {
  await queueSms(store.db);
  const known = await messages('settle', '1', '--as', 'failed');
  expect(known.told.join()).toContain('est connu: il va partir');
  const none = await messages('settle', '9', '--as', 'failed');
  expect(none.told.join()).toContain("Il n'y a pas de SMS n° 9");
  const odd = await messages('settle', 'abc', '--as', 'failed');
  expect(odd.told.join()).toContain('sms: « abc » ne va pas');
  expect(await countedStates(store.db)).toEqual({ queued: 1 });
});
