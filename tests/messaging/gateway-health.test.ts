import { GatewayError } from '../../src/channels/gateway-error';
import { chooseGateway } from '../../src/messaging/choose-gateway';
import {
  type GatewayHealth,
  readHealth,
  type Standing,
  standingOf,
  takeProbe,
  USUAL_HEALTH,
} from '../../src/messaging/gateway-health';
import {
  pauseGateway,
  resumeGatewayByStaff,
} from '../../src/messaging/pause-gateway';
import { watchBalances } from '../../src/messaging/watch-balances';
import { Sender } from '../../src/messaging/sender';
import { fixedClock } from '../../src/runtime/clock';
import { testDatabase, type TestDatabase } from '../support/database';
import {
  accepting,
  countedStates,
  playedGateway,
  queueSms,
  sendAllDue,
  sendingHouse,
  type PlayedGateway,
} from '../support/sms-queue';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(() => database.truncateAll());
afterAll(() => database.close());

const now = new Date('2026-03-10T08:00:00Z');
const later = new Date('2026-03-10T08:00:10Z');
const earlier = new Date('2026-03-10T07:59:50Z');
const longAgo = new Date('2026-03-10T07:00:00Z');
const well: GatewayHealth = {
  ...{ failures: 0, openUntil: null, pausedReason: null },
  ...{ slowMs: 200, measuredAt: earlier },
};

test.each<[string, GatewayHealth | undefined, Standing]>([
  ['of which nothing is known', undefined, 'fit'],
  ['that answers', well, 'fit'],
  ['that failed, but not often enough', { ...well, failures: 4 }, 'fit'],
  ['that is left alone', { ...well, openUntil: later }, 'shut'],
  ['that was left alone', { ...well, openUntil: now }, 'probe'],
  ['that is slow', { ...well, slowMs: 10_001 }, 'slow'],
  [
    'that was slow when it was last asked, long ago',
    { ...well, slowMs: 10_001, measuredAt: longAgo },
    'fit',
  ],
  [
    'that is paused, whatever else',
    { ...well, pausedReason: 'staff', openUntil: now },
    'paused',
  ],
])('a gateway %s has its standing', (_, health, standing) => {
  expect(standingOf(health, now, USUAL_HEALTH)).toBe(standing);
});

test.each<[Standing[], number | undefined, number[]]>([
  [['fit', 'fit'], 0, []],
  [['shut', 'fit'], 1, []],
  [['paused', 'shut'], undefined, []],
  [['slow', 'fit'], 1, []],
  [['slow', 'shut'], 0, []],
  [['slow', 'slow'], 0, []],
  [['probe', 'fit'], 1, [0]],
  [['fit', 'probe'], 0, []],
  [['slow', 'probe'], 0, [1]],
  [['probe', 'shut'], undefined, [0]],
])('ways that are %p lead through the right one', (standings, main, probes) => {
  const route = standings.map((_, at) => playedGateway(String(at)));
  const choice = chooseGateway(
    route,
    (name) => standings[Number(name)] ?? 'fit',
  );
  expect(choice.main).toBe(main === undefined ? undefined : route[main]);
  expect(choice.probes).toEqual(probes.map((at) => route[at]));
});

const fault = { begun: 'no', ours: false, reason: 'a test' } as const;
const down = () =>
  Promise.reject(
    new GatewayError('first', { ...fault, failure: 'unreachable' }),
  );

/** Two ways, a clock that stands, and as many messages. */
async function aHouse(count: number) {
  const { db } = database;
  const clock = fixedClock('2026-03-10T08:00:00Z');
  await queueSms(db, {
    ...{ count, dueAt: '2026-03-10T07:59:00Z' },
    expiresAt: '2026-03-10T19:00:00Z',
  });
  const [first, second] = [playedGateway('first'), playedGateway('second')];
  const limits = { inFlight: 1 };
  return { db, clock, first, second, limits };
}

const asked = ({ requests }: PlayedGateway): number => requests.length;

test('a gateway that fails five times in a row is left alone; messages go the next way, and come back after one has tried', async () => {
  const { db, clock, first, second, limits } = await aHouse(20);
  first.answer = down;
  const sender = new Sender(
    sendingHouse(db, [first, second], { clock, limits }),
  );
  await sendAllDue(sender);
  expect([asked(first), asked(second)]).toEqual([5, 15]);
  expect((await readHealth(db)).get('first')).toMatchObject({ failures: 5 });

  clock.advance({ minutes: 1 });
  await sendAllDue(sender);
  expect([asked(first), asked(second)]).toEqual([6, 19]);

  first.answer = accepting;
  clock.advance({ minutes: 1 });
  await sendAllDue(sender);
  expect([asked(first), asked(second)]).toEqual([7, 19]);
  expect((await readHealth(db)).get('first')).toMatchObject({
    ...{ failures: 0, openUntil: null },
  });
  await queueSms(db, {
    ...{ count: 3, from: 22_371_000_000, dueAt: '2026-03-10T08:00:00Z' },
    expiresAt: '2026-03-10T19:00:00Z',
  });
  await sendAllDue(sender);
  expect(asked(first)).toBe(10);
  expect(await countedStates(db)).toEqual({ sent: 23 });
});

test('without another way messages wait, and one of them tries', async () => {
  const { db, clock, first, limits } = await aHouse(8);
  first.answer = down;
  const sender = new Sender(sendingHouse(db, [first], { clock, limits }));
  await sendAllDue(sender);
  expect(asked(first)).toBe(5);
  expect(await countedStates(db)).toEqual({
    ...{ 'queued unreachable': 5, queued: 3 },
  });
  clock.advance({ minutes: 1 });
  await sendAllDue(sender);
  expect(asked(first)).toBe(6);
});

test('of two senders one tries a gateway that was left alone', async () => {
  const { db, clock } = await aHouse(0);
  await db.pool.query(
    `insert into gateway_states (gateway, failures, open_until) values ('first', 5, $1)`,
    [clock.now()],
  );
  const deps = { db, clock, limits: USUAL_HEALTH };
  const tries = await Promise.all([
    takeProbe(deps, 'first'),
    takeProbe(deps, 'first'),
  ]);
  expect(tries.sort()).toEqual([false, true]);
});

test('a gateway that asks to be left alone is, as long as it asks', async () => {
  const { db, clock, first, limits } = await aHouse(2);
  first.answer = () =>
    Promise.reject(
      new GatewayError('first', { ...fault, failure: 'throttled' }, 120_000),
    );
  await sendAllDue(new Sender(sendingHouse(db, [first], { clock, limits })));
  expect(asked(first)).toBe(1);
  expect((await readHealth(db)).get('first')?.openUntil).toEqual(
    new Date('2026-03-10T08:02:00Z'),
  );
});

test('a gateway that answers too slowly gets no more while there is another, and is tried again later', async () => {
  const { db, clock, first, second } = await aHouse(4);
  const health = { ...USUAL_HEALTH, slowMs: 0 };
  first.answer = async (sms) => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    return accepting(sms);
  };
  const limits = { inFlight: 1, health };
  const sender = new Sender(
    sendingHouse(db, [first, second], { clock, limits }),
  );
  await sendAllDue(sender);
  const before = asked(first);
  await queueSms(db, {
    ...{ count: 3, from: 22_371_000_000, dueAt: '2026-03-10T08:00:00Z' },
    expiresAt: '2026-03-10T19:00:00Z',
  });
  await sender.tick();
  await sendAllDue(sender);
  expect([asked(first), asked(second)]).toEqual([before, 7 - before]);
});

test('a gateway without balance stands still until it is resumed; its message waits and goes another way', async () => {
  const { db, clock, first, second, limits } = await aHouse(3);
  const errors: string[] = [];
  const silent = (): void => undefined;
  const log = {
    ...{ warn: silent, info: silent, debug: silent },
    error: (line: string) => errors.push(line),
  };
  first.answer = ({ recipients }) =>
    recipients.map(({ id }) => ({
      ...{ ...fault, id, kind: 'refused', failure: 'noBalance' },
    }));
  const house = sendingHouse(db, [first], { clock, limits, log });
  const sender = new Sender(house);
  await sendAllDue(sender);
  expect(asked(first)).toBe(1);
  expect(errors).toEqual(['sms gateway paused']);
  expect(await countedStates(db)).toEqual({
    ...{ 'queued noBalance': 1, queued: 2 },
  });
  const other = new Sender({ ...house, route: () => [first, second] });
  await sendAllDue(other);
  expect([asked(first), asked(second)]).toEqual([1, 3]);
});

test('money that is back lets a gateway go on, and nothing else that stopped it', async () => {
  const { db, clock, first } = await aHouse(0);
  const told: number[] = [];
  const silent = (): void => undefined;
  const gateways = new Map([
    [
      'first',
      {
        ...first,
        balance: () => {
          const amount = told.shift() ?? 500;
          return Promise.resolve({ amount, unit: 'XOF' });
        },
      },
    ],
  ]);
  const deps = { db, log: { info: silent, warn: silent }, gateways };
  await pauseGateway({ db, clock }, 'first', 'noBalance');
  told.push(0);
  expect(await watchBalances(deps)).toBe(0);
  expect(await watchBalances(deps)).toBe(1);
  await pauseGateway({ db, clock }, 'first', 'notConfigured');
  expect(await watchBalances(deps)).toBe(0);
  expect(await resumeGatewayByStaff({ db }, 'first', 'cli')).toBe(true);
  expect(await resumeGatewayByStaff({ db }, 'first', 'cli')).toBe(false);
});
