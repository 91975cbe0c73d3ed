import type { DeliveryReport } from '../../src/channels/sms-contract';
import { newCallback } from '../../src/messaging/callback';
import {
  recordDeliveries,
  type ReceivedReport,
} from '../../src/messaging/record-delivery';
import {
  settleAllWaiting,
  settleWaitingReports,
} from '../../src/messaging/waiting-reports';
import { type TestDatabase, testDatabase } from '../support/database';
import { aMessage, unanswered } from './a-message';

let store: TestDatabase;
beforeAll(async () => {
  store = await testDatabase();
});
beforeEach(() => store.truncateAll());
afterAll(() => store.close());

const number = '+22376123456';

function report(
  said: Partial<DeliveryReport>,
  come: { at?: string; gateway?: string } = {},
): ReceivedReport {
  return {
    callback: newCallback({
      gateway: come.gateway ?? 'kannel',
      door: 'delivery',
      request: { contentType: 'text/plain', text: 'as it came', query: '' },
      receivedAt: new Date(come.at ?? '2026-03-12T10:05:00Z'),
    }),
    read: {
      kind: 'read',
      value: {
        providerId: 'p1',
        msisdn: number,
        status: 'delivered',
        isFinal: true,
        providerStatus: 'Success',
        ...said,
      },
    },
  };
}

const told = (...reports: ReceivedReport[]) =>
  recordDeliveries(store.db, reports);
const message = (id = 1) =>
  store.db.prisma.message.findUniqueOrThrow({ where: { id } });
const stateOf = async (id = 1) => {
  const { state, reason } = await message(id);
  return [state, reason];
};

describe('a report', () => {
  test('that a message arrived delivers it, and is kept as it came', async () => {
    await aMessage(store.db);
    expect(await told(report({}))).toEqual(['settled']);
    expect(await message()).toMatchObject({
      state: 'delivered',
      reason: null,
      settledAt: new Date('2026-03-12T10:05:00Z'),
    });
    expect(await store.db.prisma.callbackEntry.findMany()).toMatchObject([
      {
        gateway: 'kannel',
        body: 'as it came',
        outcome: 'settled',
        providerId: 'p1',
        msisdn: null,
        reportedAs: null,
      },
    ]);
  });

  test.each([
    ['absent', 'absent'],
    ['expired', 'absent'],
    ['noSuchNumber', 'badNumber'],
    ['barred', 'blacklisted'],
    ['noBalance', 'noBalance'],
    ['refused', 'rejected'],
    ['unspecified', 'undelivered'],
  ] as const)(
    'of a failure for being %s fails it as %s',
    async (said, kept) => {
      await aMessage(store.db);
      await told(report({ status: 'failed', reason: said }));
      expect(await stateOf()).toEqual(['failed', kept]);
    },
  );

  test('that comes twice changes nothing the second time', async () => {
    await aMessage(store.db);
    await told(report({}));
    expect(await told(report({}, { at: '2026-03-12T11:00:00Z' }))).toEqual([
      'repeated',
    ]);
    expect((await message()).settledAt).toEqual(
      new Date('2026-03-12T10:05:00Z'),
    );
  });

  test.each([
    ['delivered', 'sent', 'delivered'],
    ['delivered', 'buffered', 'delivered'],
    ['delivered', 'failed', 'delivered'],
    ['failed', 'sent', 'failed'],
    // Networks give phones up and reach them after all.
    ['failed', 'delivered', 'delivered'],
  ] as const)(
    '%s, then %s: ends as %s, one by one or together',
    async (first, second, end) => {
      await aMessage(store.db);
      await told(report({ status: first }));
      await told(report({ status: second }));
      expect((await stateOf())[0]).toBe(end);

      await aMessage(store.db, { providerId: 'p2', subjectId: 2 });
      await told(
        report({ status: first, providerId: 'p2' }),
        report({ status: second, providerId: 'p2' }),
      );
      expect((await stateOf(2))[0]).toBe(end);
    },
  );

  test('of a word that no table has is kept and moves nothing', async () => {
    await aMessage(store.db);
    const odd = { status: 'unknown', providerStatus: 'Lost' } as const;
    expect(await told(report(odd))).toEqual(['unknownStatus']);
    expect(await stateOf()).toEqual(['sent', null]);
  });

  test('that could not be read is kept', async () => {
    const { callback } = report({});
    const read = { kind: 'unreadable', reason: 'id' } as const;
    expect(await told({ callback, read })).toEqual(['unreadable']);
  });

  test('of another gateway is not taken for one of this', async () => {
    await aMessage(store.db);
    expect(await told(report({}, { gateway: 'orange' }))).toEqual([
      'unmatched',
    ]);
    expect(await stateOf()).toEqual(['sent', null]);
  });

  test.each(['held', 'queued', 'cancelled', 'expired'])(
    'never moves a message that is %s',
    async (state) => {
      await aMessage(store.db, {
        state,
        reason: 'planned',
        settledAt: /led$|red$/.test(state) ? new Date() : null,
      });
      expect(await told(report({}))).toEqual(['repeated']);
      expect((await stateOf())[0]).toBe(state);
    },
  );

  test('that names our own id needs no other, and must name its number', async () => {
    await aMessage(store.db, {
      state: 'sending',
      providerId: null,
      claimedAt: new Date(),
      claimedBy: 's',
    });
    const ours = { ourId: '1' };
    expect(
      await told(report({ ...ours, providerId: 'x', msisdn: '+22370000000' })),
    ).toEqual(['unmatched']);
    expect(await told(report({ ...ours, providerId: 'x' }))).toEqual([
      'settled',
    ]);
    expect(await message()).toMatchObject({
      state: 'delivered',
      providerId: 'x',
    });
    for (const ourId of ['0', '-1', '1e3', '99999999999', 'x'])
      expect(await told(report({ ourId, providerId: 'y' }))).toEqual([
        'unmatched',
      ]);
  });

  test('longer than the store takes, or with bytes that it does not, is kept all the same', async () => {
    const { callback, read } = report({});
    const text = `${'\u{fffd}'.repeat(16 * 1024)}\0`;
    const request = { ...callback.request, text };
    await told({ callback: { ...callback, request }, read });
    const [entry] = await store.db.prisma.callbackEntry.findMany();
    expect(Buffer.byteLength(entry?.body ?? '')).toBeLessThanOrEqual(16_384);
  });
});

describe('a report that comes before its id is stored', () => {
  const sending = {
    state: 'sending',
    providerId: null,
    sentAt: null,
    claimedAt: new Date(),
    claimedBy: 'a sender',
  };

  test('waits, and settles its message as soon as the id is there', async () => {
    await aMessage(store.db, sending);
    expect(
      await told(
        report({ status: 'sent' }),
        report({ status: 'failed', reason: 'absent' }),
      ),
    ).toEqual(['unmatched', 'unmatched']);
    await store.db.prisma.message.update({
      where: { id: 1 },
      data: { state: 'sent', providerId: 'p1' },
    });
    expect(await settleWaitingReports(store.db, 'kannel', ['p1', 'p2'])).toBe(
      2,
    );
    expect(await stateOf()).toEqual(['failed', 'absent']);
    expect(await settleWaitingReports(store.db, 'kannel', ['p1'])).toBe(0);
    expect(
      await store.db.prisma.callbackEntry.count({
        where: { outcome: 'unmatched' },
      }),
    ).toBe(0);
  });

  test('is found by a round of the timetable where the two crossed', async () => {
    await aMessage(store.db, sending);
    await told(report({}));
    expect(await settleAllWaiting(store.db)).toBe(0);
    await store.db.prisma.message.update({
      where: { id: 1 },
      data: { state: 'sent', providerId: 'p1' },
    });
    expect(await settleAllWaiting(store.db)).toBe(1);
    expect(await stateOf()).toEqual(['delivered', null]);
  });

  test('settles by number once the message is known to be without an id', async () => {
    await aMessage(store.db, sending);
    await told(report({}));
    await store.db.prisma.message.update({
      where: { id: 1 },
      data: unanswered,
    });
    expect(await settleAllWaiting(store.db)).toBe(1);
    expect(await message()).toMatchObject({
      state: 'delivered',
      providerId: 'p1',
    });
  });
});

describe('a message whose answer was never read', () => {
  test('is settled by its number and time, and takes the id', async () => {
    await aMessage(store.db, unanswered);
    expect(await told(report({ status: 'sent', providerId: 'late' }))).toEqual([
      'settled',
    ]);
    expect(await message()).toMatchObject({
      state: 'sent',
      reason: null,
      providerId: 'late',
    });
    expect(await told(report({ providerId: 'late' }))).toEqual(['settled']);
    expect(await stateOf()).toEqual(['delivered', null]);
  });

  test('is settled once by two reports of one id that come together', async () => {
    await aMessage(store.db, unanswered);
    expect(
      await told(
        report({ status: 'sent', providerId: 'late' }),
        report({ providerId: 'late' }),
        report({ providerId: 'foreign' }),
      ),
    ).toEqual(['repeated', 'settled', 'unmatched']);
    expect(await message()).toMatchObject({
      state: 'delivered',
      providerId: 'late',
    });
  });

  test.each([
    ['two of them fit', { ...unanswered, subjectId: 2 }],
    [
      'one is still under way',
      {
        ...unanswered,
        subjectId: 2,
        state: 'sending',
        reason: null,
        claimedAt: new Date(),
        claimedBy: 's',
      },
    ],
  ])('stays unknown where %s', async (_why, other) => {
    await aMessage(store.db, unanswered);
    await aMessage(store.db, other);
    expect(await told(report({ providerId: 'late' }))).toEqual(['unmatched']);
    expect((await stateOf())[0]).toBe('unknown');
  });

  test.each([
    ['before its request', { at: '2026-03-12T09:00:00Z' }],
    ['days after it', { at: '2026-03-16T10:00:00Z' }],
    ['through another gateway', { gateway: 'orange' }],
  ])('stays unknown for a report that comes %s', async (_when, come) => {
    await aMessage(store.db, unanswered);
    expect(await told(report({ providerId: 'late' }, come))).toEqual([
      'unmatched',
    ]);
  });
});

describe('the phone of a message', () => {
  const fails = async (day: string, subjectId: number) => {
    const at = new Date(`${day}T10:00:00Z`);
    await aMessage(store.db, {
      ...{ subjectId, providerId: `f${subjectId}`, begunAt: at, sentAt: at },
    });
    const status = { status: 'failed', reason: 'absent' } as const;
    const one = report(
      { ...status, providerId: `f${subjectId}` },
      { at: `${day}T12:00:00Z` },
    );
    await told(one, one);
  };
  const linked = () =>
    store.db.prisma.household
      .create({
        data: {
          householdNumber: 'H1',
          communeCode: 'TEST',
          village: 'V',
          villageKey: 'v',
          recipientFirstName: 'A',
          recipientLastName: 'B',
          recipientSex: 'F',
          status: 'active',
          updatedAt: new Date(0),
          importedAt: new Date(0),
        },
      })
      .then(({ id }) =>
        store.db.prisma.phoneLink.create({
          data: {
            householdId: id,
            msisdn: number,
            kind: 'own',
            origin: 'register',
            startedAt: new Date(0),
          },
        }),
      );
  const phone = () =>
    store.db.prisma.phone.findUnique({ where: { msisdn: number } });
  const open = () =>
    store.db.prisma.unreachablePhone.findMany({ where: { settledAt: null } });

  test('counts failures once each, and forgets them when it is reached', async () => {
    await fails('2026-03-12', 1);
    await fails('2026-03-14', 2);
    expect(await phone()).toMatchObject({
      failedInRow: 2,
      failedSince: new Date('2026-03-12'),
      reachedOn: null,
    });
    await told(report({ providerId: 'f2' }, { at: '2026-03-15T08:00:00Z' }));
    expect(await phone()).toMatchObject({
      failedInRow: 0,
      failedSince: null,
      reachedOn: new Date('2026-03-15'),
    });
  });

  test('is not blamed for what was refused or not paid for', async () => {
    await aMessage(store.db);
    await told(report({ status: 'failed', reason: 'noBalance' }));
    expect(await phone()).toBeNull();
  });

  test('that fails three times over two payments is listed as unreachable, and leaves the list when it is reached', async () => {
    await linked();
    await fails('2026-03-12', 1);
    await fails('2026-03-15', 2);
    await fails('2026-03-20', 3);
    // A week's silence is a phone that lies broken.
    expect(await open()).toEqual([]);
    await fails('2026-05-11', 4);
    expect(await open()).toMatchObject([
      { msisdn: number, reason: 'failed', since: new Date('2026-03-12') },
    ]);
    await fails('2026-05-14', 5);
    expect(await open()).toHaveLength(1);
    await told(report({ providerId: 'f5' }, { at: '2026-05-16T08:00:00Z' }));
    expect(await open()).toEqual([]);
  });

  test('of nobody comes onto no list', async () => {
    await fails('2026-03-12', 1);
    await fails('2026-03-15', 2);
    await fails('2026-05-11', 3);
    expect(await open()).toEqual([]);
  });
});

test('two who write the same reports at once, in other orders, both end', async () => {
  const count = 60;
  for (let n = 1; n <= count; n += 1)
    await aMessage(store.db, {
      subjectId: n,
      providerId: `p${n}`,
      msisdn: `+223761234${n + 10}`,
    });
  const reports = Array.from({ length: count }, (_, at) =>
    report({ providerId: `p${at + 1}`, msisdn: `+223761234${at + 11}` }),
  );
  const outcomes = await Promise.all([
    told(...reports),
    told(...reports.toReversed()),
    told(...reports),
  ]);
  const settled = outcomes.flat().filter((one) => one === 'settled');
  expect(settled).toHaveLength(count);
  // The same callback is kept once, whoever takes it in.
  expect(await store.db.prisma.callbackEntry.count()).toBe(count);
});
