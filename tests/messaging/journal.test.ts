import { newCallback } from '../../src/messaging/callback';
import { listSilent } from '../../src/messaging/list-silent';
import { recordDeliveries } from '../../src/messaging/record-delivery';
import { replayJournal } from '../../src/messaging/replay-journal';
import { trimJournal } from '../../src/messaging/trim-journal';
import { fixedClock } from '../../src/runtime/clock';
import { type TestDatabase, testDatabase } from '../support/database';
import { aHousehold } from '../support/factories';
import { smsStub, stubWords } from '../support/sms-stub';
import { aMessage } from './a-message';

let store: TestDatabase;
beforeAll(async () => {
  store = await testDatabase();
});
beforeEach(() => store.truncateAll());
afterAll(() => store.close());

const number = '+22376123456';
const posted = smsStub('posted');
const asked = smsStub('asked', { delivery: 'GET' });
const gateways = new Map([
  ['posted', posted],
  ['asked', asked],
]);

async function came(
  body: string,
  { gateway = posted, at = '2026-03-12T10:05:00Z' } = {},
): Promise<void> {
  const request =
    gateway === asked
      ? { contentType: '', text: '', query: body }
      : { contentType: 'text/plain', text: body, query: '' };
  const callback = newCallback({
    ...{ gateway: gateway.name, door: 'delivery', request },
    receivedAt: new Date(at),
  });
  await recordDeliveries(store.db, [
    { callback, read: gateway.readDelivery(request) },
  ]);
}

const replay = (choice = {}) =>
  replayJournal(
    { db: store.db, gateways, takeInbound: () => Promise.resolve('taken') },
    choice,
  );
const everything = async () => ({
  messages: await store.db.prisma.message.findMany({ orderBy: { id: 'asc' } }),
  phones: await store.db.prisma.phone.findMany(),
  journal: await store.db.prisma.callbackEntry.findMany({
    orderBy: { id: 'asc' },
  }),
});

describe('the journal', () => {
  test('taken in again changes nothing that it has told already', async () => {
    await aMessage(store.db, { gateway: 'posted' });
    await aMessage(store.db, { gateway: 'asked', subjectId: 2 });
    await came('id=p1&status=failed');
    await came('id=p1&status=failed');
    await came('id=p1&status=delivered', { gateway: asked });
    const before = await everything();
    expect(before.phones).toHaveLength(1);
    expect(await replay()).toEqual({ read: 3, repeated: 3 });
    expect(await replay()).toEqual({ read: 3, repeated: 3 });
    expect(await everything()).toEqual(before);
  });

  test('settles what was not understood when it came, and what found no message', async () => {
    await aMessage(store.db, { gateway: 'posted', providerId: 'p9' });
    stubWords.delete('delivered');
    await came('id=p9&status=delivered');
    await came('id=p7&status=sent');
    await came('nothing');
    stubWords.add('delivered');
    await aMessage(store.db, {
      ...{ gateway: 'posted', providerId: 'p7', subjectId: 2 },
      ...{ state: 'unknown', reason: 'noAnswer' },
    });
    expect(await replay()).toEqual({ read: 3, settled: 2, unreadable: 1 });
    const { messages, journal } = await everything();
    expect(messages.map(({ state }) => state)).toEqual(['delivered', 'sent']);
    expect(journal.map(({ outcome }) => outcome)).toEqual([
      ...['settled', 'settled', 'unreadable'],
    ]);
  });

  test('is taken in again from a day on, or of one gateway', async () => {
    await came('id=a&status=sent', { at: '2026-03-10T10:00:00Z' });
    await came('id=b&status=sent');
    await came('id=c&status=sent', { gateway: asked });
    const since = new Date('2026-03-12T00:00:00Z');
    expect(await replay({ since })).toEqual({ read: 2, unmatched: 2 });
    expect(await replay({ gateway: 'asked' })).toEqual({
      ...{ read: 1, unmatched: 1 },
    });
    gateways.delete('asked');
    expect(await replay()).toEqual({ read: 3, unmatched: 2, noGateway: 1 });
    gateways.set('asked', asked);
  });

  test.each([
    ['rows', { rows: 3, bytes: 1e9 }],
    ['bytes', { rows: 1e9, bytes: 3 * 'id=n0&status=sent'.length + 1 }],
  ])(
    'holds no more %s than it may: the oldest go first',
    async (_of, bounds) => {
      for (let n = 0; n < 5; n += 1) await came(`id=n${n}&status=sent`);
      expect(await trimJournal(store.db, bounds)).toBe(2);
      const left = await store.db.prisma.callbackEntry.findMany({
        orderBy: { id: 'asc' },
      });
      expect(left.map(({ providerId }) => providerId)).toEqual([
        'n2',
        'n3',
        'n4',
      ]);
      expect(await trimJournal(store.db, bounds)).toBe(0);
    },
  );
});

describe('silence', () => {
  const clock = fixedClock('2026-10-01T10:00:00Z');
  const list = () => listSilent({ db: store.db, clock });
  const open = () =>
    store.db.prisma.unreachablePhone.findMany({ where: { settledAt: null } });
  const sent = (day: string, change = {}) => {
    const begunAt = new Date(`${day}T10:00:00Z`);
    return aMessage(store.db, {
      ...{ subjectId: Number(day.replaceAll('-', '')), providerId: null },
      ...{ begunAt, sentAt: begunAt, ...change },
    });
  };
  const reportingOperator = () =>
    sent('2026-09-20', {
      ...{ msisdn: '+22370000000', state: 'delivered' },
      settledAt: new Date('2026-09-20T11:00:00Z'),
    });

  test('of half a year, in spite of messages, puts a number on the list, once', async () => {
    await aHousehold().on(number).save(store.db);
    await reportingOperator();
    await sent('2026-03-20');
    await sent('2026-09-25');
    expect(await list()).toBe(1);
    expect(await open()).toMatchObject([
      { msisdn: number, reason: 'silent', since: new Date('2026-03-20') },
    ]);
    expect(await list()).toBe(0);
  });

  test.each<[string, () => Promise<unknown>]>([
    ['no message went so long ago', () => sent('2026-04-20')],
    [
      'it was reached since',
      async () => {
        await sent('2026-03-20');
        await store.db.prisma.phone.create({
          data: { msisdn: number, reachedOn: new Date('2026-04-10') },
        });
      },
    ],
    [
      'its holder wrote to us',
      async () => {
        await sent('2026-03-20');
        await store.db.prisma.inboundSms.create({
          data: {
            ...{ gateway: 'kannel', providerId: 'i1', msisdn: number },
            ...{ meaning: 'info', receivedAt: new Date('2026-06-01') },
          },
        });
      },
    ],
    [
      'its card was proved',
      async () => {
        await sent('2026-03-20');
        await store.db.prisma.phoneLink.updateMany({
          data: { verifiedAt: new Date('2026-06-01') },
        });
      },
    ],
    [
      'its operator reports no deliveries',
      () => sent('2026-03-20', { operator: 'telecel' }),
    ],
  ])('is none where %s', async (_why, happened) => {
    await aHousehold().on(number).save(store.db);
    await reportingOperator();
    await happened();
    expect(await list()).toBe(0);
  });

  test('is over where the card was proved since, or the number is nobody’s', async () => {
    for (const [at, msisdn] of [number, '+22376000001'].entries()) {
      await aHousehold().on(msisdn).save(store.db);
      await store.db.prisma.unreachablePhone.create({
        data: {
          ...{ eventId: `e${at}`, msisdn, reason: 'silent' },
          ...{ since: new Date('2026-03-01'), listedAt: new Date() },
        },
      });
    }
    expect(await list()).toBe(0);
    await store.db.prisma.phoneLink.update({
      where: { id: 1 },
      data: { verifiedAt: new Date('2026-09-30') },
    });
    await store.db.prisma.phoneLink.update({
      where: { id: 2 },
      data: { endedAt: new Date('2026-09-30') },
    });
    expect(await list()).toBe(2);
    expect(await open()).toEqual([]);
  });
});
