import { readSealedCases } from '../../src/complaints/sealed';
import { chooseSms } from '../../src/register/choose-for-phone';
import { inTransaction } from '../../src/runtime/database';
import { type TestDatabase, testDatabase } from '../support/database';
import { aHousehold } from '../support/factories';
import { openLine, readers } from '../support/sealed-line';
import { smsHashKey, type SmsHouse, smsHouse } from '../support/sms-house';
import { aMessage } from './a-message';

let store: TestDatabase;
let house: SmsHouse;
beforeAll(async () => {
  store = await testDatabase();
});
beforeEach(async () => {
  await store.truncateAll();
  house = smsHouse(store.db);
});
afterAll(() => store.close());

const number = '+22376123456';
const phone = () =>
  store.db.prisma.phone.findUnique({ where: { msisdn: number } });
const replies = async () =>
  (
    await store.db.prisma.message.findMany({
      where: { class: 'reply' },
      orderBy: { id: 'asc' },
    })
  ).map(({ purpose, locale, text }) => ({ purpose, locale, text }));
const purposes = async () => (await replies()).map(({ purpose }) => purpose);
const inbox = () =>
  store.db.prisma.inboundSms.findMany({ where: { handledAt: null } });

describe('STOP', () => {
  test('silences the phone, takes back what was to go, and is confirmed once in its language', async () => {
    await store.db.prisma.phone.create({
      data: { msisdn: number, locale: 'bm' },
    });
    for (const [n, change] of [
      { state: 'held', reason: 'quietHours' },
      { state: 'queued' },
      { state: 'queued', class: 'complaint', purpose: 'complaint.closed' },
      { state: 'sent' },
      { state: 'queued', msisdn: '+22370000000' },
    ].entries())
      await aMessage(store.db, {
        subjectId: n,
        providerId: null,
        sentAt: null,
        begunAt: null,
        ...change,
      });
    expect(await house.comes(number, 'Stop !')).toEqual({
      outcome: 'taken',
      meaning: 'stop',
    });
    expect(await phone()).toMatchObject({
      smsOn: false,
      smsChosenAt: house.clock.now(),
    });
    const others = await store.db.prisma.message.findMany({
      where: { class: { not: 'reply' } },
      orderBy: { id: 'asc' },
    });
    expect(others.map(({ state, reason }) => [state, reason])).toEqual([
      ['cancelled', 'optedOut'],
      ['cancelled', 'optedOut'],
      ['cancelled', 'optedOut'],
      ['sent', null],
      ['queued', null],
    ]);
    expect(await replies()).toMatchObject([
      { purpose: 'reply.stopped', locale: 'bm' },
    ]);

    await house.comes(number, 'STOP');
    await house.optsOut(number);
    expect(await purposes()).toEqual(['reply.stopped']);
    expect(await inbox()).toEqual([]);
  });

  test("on somebody else's phone puts the households whose payment was to be told on the call list", async () => {
    const first = aHousehold().on(number, 'relay').owed({});
    const households = [
      await first.save(store.db),
      await aHousehold().on(number, 'relay').save(store.db),
    ];
    const { waveId } = await store.db.prisma.payment.findFirstOrThrow();
    await aMessage(store.db, {
      ...{ state: 'queued', providerId: null, sentAt: null, begunAt: null },
      subjectId: waveId,
    });
    await house.comes(number, 'STOP');
    expect(
      await store.db.prisma.callListEntry.findMany({
        select: { householdId: true, purpose: true, reason: true },
      }),
    ).toEqual([
      {
        ...{ householdId: households[0], purpose: 'payment.announced' },
        reason: 'optedOut',
      },
    ]);
  });

  test('comes from the gateway itself as well, and is confirmed again after SMS were wanted again', async () => {
    await house.optsOut(number);
    expect(await phone()).toMatchObject({ smsOn: false });
    house.clock.advance({ hours: 2 });
    await house.comes(number, 'OUI');
    expect(await phone()).toMatchObject({ smsOn: true });
    house.clock.advance({ hours: 2 });
    await house.comes(number, 'arrêt');
    expect(await purposes()).toEqual([
      'reply.stopped',
      'reply.resumed',
      'reply.stopped',
    ]);
  });

  test('that comes late does not undo what was chosen since', async () => {
    house.clock.advance({ hours: 1 });
    await inTransaction(store.db, (tx) =>
      chooseSms({ tx, clock: house.clock }, number, true),
    );
    house.clock.advance({ hours: -1 });
    await aMessage(store.db, { state: 'queued', providerId: null });
    await house.comes(number, 'STOP');
    expect(await phone()).toMatchObject({ smsOn: true });
    expect(
      await store.db.prisma.message.count({ where: { state: 'queued' } }),
    ).toBe(1);
    expect(await replies()).toEqual([]);
  });

  test('that comes twice under one id is one', async () => {
    await house.comes(number, 'STOP', 'same');
    await house.comes(number, 'START');
    expect(await house.comes(number, 'STOP', 'same')).toMatchObject({
      outcome: 'repeated',
    });
    expect(await phone()).toMatchObject({ smsOn: true });
  });
});

describe('the answer to a question about a payment', () => {
  const asked = async (kind: 'own' | 'family' = 'own', waves = 1) => {
    let household = aHousehold().on(number, kind);
    for (let n = 0; n < waves; n += 1) household = household.owed({});
    const id = await household.save(store.db);
    const payments = await store.db.prisma.payment.findMany({
      where: { householdId: id },
      orderBy: { id: 'asc' },
    });
    for (const { waveId } of payments)
      await aMessage(store.db, {
        purpose: 'payment.unconfirmed',
        subjectId: waveId,
        providerId: null,
        begunAt: new Date('2026-03-11T10:00:00Z'),
      });
    return { id, payments };
  };
  const receipts = () =>
    store.db.prisma.receipt.findMany({ orderBy: { id: 'asc' } });

  test.each([
    ['OUI', 'RECEIVED', 0],
    ['awɔ', 'RECEIVED', 0],
    ['1', 'RECEIVED', 0],
    ['2', 'RECEIVED_WITH_ISSUES', 1],
    ['NON', 'NOT_RECEIVED', 1],
    ['ayi', 'NOT_RECEIVED', 1],
    ['3', 'NOT_RECEIVED', 1],
  ])(
    '%s is %s, proves no card, is thanked for, and waits for staff where money is missing',
    async (text, answer, waiting) => {
      const { payments } = await asked();
      await house.comes(number, text);
      expect(await receipts()).toMatchObject([
        {
          ...{ paymentId: payments[0]?.id, answer, declaredAmountXof: null },
          ...{
            proofLevel: 'L0',
            channel: 'sms',
            answeredAt: house.clock.now(),
          },
        },
      ]);
      expect(await purposes()).toEqual(['reply.noted']);
      expect(await inbox()).toHaveLength(waiting);
    },
  );

  test('said again, the newest holds and the earlier stays; one SMS twice is one', async () => {
    await asked();
    await house.comes(number, 'NON', 'a');
    await house.comes(number, 'OUI', 'b');
    await house.comes(number, 'NON', 'a');
    expect((await receipts()).map(({ answer }) => answer)).toEqual([
      'NOT_RECEIVED',
      'RECEIVED',
    ]);
  });

  test.each<[string, () => Promise<unknown>]>([
    ['the phone is shared', () => asked('family')],
    [
      'two households have it',
      async () => {
        await asked();
        await aHousehold().on(number).save(store.db);
      },
    ],
    ['two payments were asked for', () => asked('own', 2)],
    [
      'nothing was asked',
      () => aHousehold().on(number).owed({}).save(store.db),
    ],
    [
      'it was asked long ago',
      async () => {
        await asked();
        house.clock.advance({ days: 20 });
      },
    ],
    [
      'the question never went',
      async () => {
        await asked();
        await store.db.prisma.message.updateMany({
          data: { state: 'failed', reason: 'absent', settledAt: new Date() },
        });
      },
    ],
  ])(
    'waits for staff where %s; the answer says how to dial',
    async (_why, told) => {
      await told();
      await house.comes(number, 'OUI');
      expect(await receipts()).toEqual([]);
      expect(await inbox()).toMatchObject([{ meaning: 'yes', text: 'OUI' }]);
      expect(await purposes()).toEqual(['reply.info']);
    },
  );
});

describe('what else somebody writes', () => {
  test('waits for staff with its words, and gets no answer', async () => {
    await house.comes(number, "Je n'ai rien reçu\0 depuis mars");
    expect(await inbox()).toMatchObject([
      {
        msisdn: number,
        meaning: 'other',
        text: "Je n'ai rien reçu depuis mars",
      },
    ]);
    expect(await replies()).toEqual([]);
  });

  test('INFO is answered with how to dial, which tells nobody anything', async () => {
    await aHousehold().on(number).owed({}).save(store.db);
    await house.comes(number, 'info');
    await house.comes('+22370000001', 'INFO');
    const [known, unknown] = await replies();
    expect(known).toEqual(unknown);
    expect(known?.text).toContain('*384*55#');
    expect(await inbox()).toEqual([]);
  });

  test('a machine that answers our answers is let go', async () => {
    for (let n = 0; n < 20; n += 1) await house.comes(number, 'INFO');
    expect(await replies()).toHaveLength(3);
    for (let hour = 0; hour < 20; hour += 1) {
      house.clock.advance({ hours: 1 });
      await house.comes(number, hour % 2 ? 'INFO' : 'START');
    }
    expect(await replies()).toHaveLength(6);
    // That a wish was carried out may be said the next day.
    house.clock.advance({ hours: 24 });
    await house.comes(number, 'STOP');
    expect(await purposes()).toContain('reply.stopped');
  });

  test.each(['36077', 'ORANGE', '+2233', '+33612345678', '+22320221615'])(
    'from %s is never answered, and has no wishes of its own if it is no number',
    async (from) => {
      for (const text of ['INFO', 'STOP', 'START', 'OUI', '1'])
        await house.comes(from, text);
      expect(await replies()).toEqual([]);
      if (!from.startsWith('+'))
        expect(await store.db.prisma.phone.count()).toBe(0);
    },
  );
});

describe('words of abuse', () => {
  const words = "L'agent Moussa m'a violée \u{1F622} à Koro";
  const everything = async () => {
    const { rows } = await store.db.pool.query<{ tablename: string }>(
      `select tablename from pg_tables where schemaname = 'public'
        and tablename not like '%migrations' order by 1`,
    );
    const tables: Record<string, unknown[]> = {};
    for (const { tablename } of rows)
      tables[tablename] = (
        await store.db.pool.query<object>(`select * from ${tablename}`)
      ).rows;
    return tables;
  };

  test('are sealed: nothing else changes but one slot, and nothing is answered, logged or journalled', async () => {
    await openLine({ db: store.db, clock: house.clock, hashKey: smsHashKey });
    const before = await everything();
    expect(await house.comes(number, words, 'x')).toEqual({
      outcome: 'taken',
      isSealed: true,
    });
    await house.comes(number, words, 'x');
    const after = await everything();
    const { sealed_slots: slotsBefore, ...restBefore } = before;
    const { sealed_slots: slotsAfter, ...restAfter } = after;
    expect(restAfter).toEqual(restBefore);
    expect(slotsAfter).toHaveLength(slotsBefore?.length ?? 0);
    expect(house.lines).toEqual([]);

    const { cases } = await readSealedCases(
      { db: store.db, clock: house.clock, hashKey: smsHashKey },
      readers[0],
    );
    expect(cases).toMatchObject([
      {
        msisdn: number,
        day: '2026-03-12',
        words: "L'agent Moussa m'a violee ? a Koro",
      },
    ]);
  });

  test('are kept nowhere while the line is closed: one line tells those who run the service, and of whom it tells nothing', async () => {
    const before = await everything();
    await house.comes(number, words);
    expect(await everything()).toEqual(before);
    expect(house.lines).toHaveLength(1);
    expect(house.lines[0]).not.toMatch(/7612|Moussa|viol|kannel/);
  });

  test('do not hide in what cannot be read', async () => {
    const before = await everything();
    const taken = await house.comes('', words);
    expect(taken).toEqual({ outcome: 'unreadable', isSealed: true });
    expect(await everything()).toEqual(before);
    await house.comes('', 'harmless');
    expect(await store.db.prisma.callbackEntry.count()).toBe(1);
  });
});
