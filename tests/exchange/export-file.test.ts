import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exportFile } from '../../src/exchange/export-file';
import type { ExportKindName } from '../../src/exchange/export-kinds';
import { loadTerritory } from '../../src/staff/territory';
import { testDatabase, type TestDatabase } from '../support/database';

const folder = mkdtempSync(path.join(tmpdir(), 'jigi-export-'));
const at = (text: string): Date => new Date(text);
let store: TestDatabase;
let household: number;

beforeAll(async () => {
  store = await testDatabase();
  await loadTerritory(store.db);
  const { prisma } = store.db;
  const old = { updatedAt: at('2026-01-01T00:00:00Z') };
  const made = await prisma.household.create({
    data: {
      ...{ householdNumber: '=H1', communeCode: 'ML010515', village: 'K' },
      ...{ villageKey: 'k', recipientFirstName: 'Awa', recipientLastName: 'S' },
      ...{ status: 'active', importedAt: old.updatedAt, ...old },
    },
  });
  household = made.id;
  const rule = await prisma.benefitRule.create({
    data: {
      ...{ code: 'TM15', programme: 'J', financing: 'I', nameFr: 'T' },
      ...{ monthlyAmountXof: 15_000, validFrom: at('2024-01-01') },
    },
  });
  const wave = await prisma.wave.create({
    data: {
      ...{ code: 'W1', benefitRuleId: rule.id, providerCode: 'K' },
      ...{ providerName: 'K', modality: 'cash', status: 'open' },
      ...{ windowStart: at('2026-03-10'), windowEnd: at('2026-03-16') },
      ...{ zoneProfile: 'normal', importedAt: old.updatedAt, ...old },
    },
  });
  const payment = await prisma.payment.create({
    data: {
      ...{ waveId: wave.id, householdId: household, benefitRuleId: rule.id },
      ...{ amountXof: 30_000, status: 'planned', ...old },
    },
  });
  const answer = (
    eventId: string,
    answeredAt: string,
    declaredAmountXof: number | null,
  ) => ({
    ...{ eventId, paymentId: payment.id, declaredAmountXof, proofLevel: 'L1' },
    ...{ answer: 'RECEIVED_WITH_ISSUES', askedForMoney: true, channel: 'ussd' },
    answeredAt: at(answeredAt),
  });
  await prisma.receipt.createMany({
    data: [
      answer('r-old', '2026-03-01T08:00:00Z', 1),
      answer('r-b', '2026-03-11T09:00:00Z', null),
      answer('r-a', '2026-03-11T08:00:00Z', 25_000),
    ],
  });
  const distribution = await prisma.distribution.create({
    data: {
      ...{ code: 'D1', communeCode: 'ML010515', village: 'K', villageKey: 'k' },
      ...{ date: at('2026-03-10'), place: 'C', status: 'planned', ...old },
    },
  });
  await prisma.rationReceipt.create({
    data: {
      ...{
        eventId: 'f-1',
        distributionId: distribution.id,
        householdId: household,
      },
      ...{
        answer: 'RECEIVED',
        proofLevel: 'L1',
        answeredAt: at('2026-03-11T08:00:00Z'),
      },
    },
  });
  const phone = {
    householdId: household,
    newMsisdn: '+22360000002',
    oldMsisdn: '+22360000001',
  };
  await prisma.phoneChange.createMany({
    data: [
      {
        ...{ ...phone, eventId: 'p-1', status: 'approved' },
        ...{
          requestedAt: at('2026-03-01T08:00:00Z'),
          decidedAt: at('2026-03-11T08:00:00Z'),
        },
      },
      {
        ...phone,
        eventId: 'p-2',
        status: 'requested',
        requestedAt: at('2026-03-11T08:00:00Z'),
      },
      {
        ...{ ...phone, eventId: 'p-3', status: 'refused' },
        ...{
          requestedAt: at('2026-03-11T08:00:00Z'),
          decidedAt: at('2026-03-11T08:00:00Z'),
        },
      },
    ],
  });
  await prisma.registerCorrection.create({
    data: {
      ...{ eventId: 'k-1', householdId: household, field: 'locale' },
      ...{
        registerValue: 'fr',
        chosenValue: 'bm',
        openedAt: at('2026-03-11T08:00:00Z'),
      },
    },
  });
});

afterAll(async () => {
  rmSync(folder, { recursive: true });
  await store.close();
});

async function exported(
  kind: ExportKindName,
  since = '2026-03-10T00:00:00Z',
): Promise<string[]> {
  const file = path.join(folder, `${kind}.csv`);
  const { rows } = await exportFile(store, { kind, since: at(since), file });
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  expect(lines).toHaveLength(rows + 1);
  return lines;
}

async function complain(reference: string, more: object): Promise<number> {
  const made = await store.db.prisma.complaint.create({
    data: {
      ...{
        eventId: `c-${reference}`,
        reference,
        category: 'C2',
        subject: 'payment.nothing',
      },
      ...{
        status: 'RECEIVED',
        level: 'N5',
        origin: 'ussd',
        respondBy: 'dial',
        locale: 'fr',
      },
      ...{
        proofLevel: 'L0',
        filedAt: at('2026-03-11T08:00:00Z'),
        dueOn: at('2026-03-26'),
      },
      ...more,
    },
  });
  return made.id;
}

test('confirmations since an instant come oldest first, with their events and no formula', async () => {
  expect(await exported('confirmations')).toEqual([
    'event_id;wave_code;household_number;rule_code;answer;declared_amount_xof;asked_for_money;proof_level;answered_at;channel',
    "r-a;W1;'=H1;TM15;RECEIVED_WITH_ISSUES;25000;yes;L1;2026-03-11T08:00:00.000Z;ussd",
    "r-b;W1;'=H1;TM15;RECEIVED_WITH_ISSUES;;yes;L1;2026-03-11T09:00:00.000Z;ussd",
  ]);
});

test('the same export twice gives the same rows', async () => {
  expect(await exported('confirmations')).toEqual(
    await exported('confirmations'),
  );
});

test('what was said of rations goes out without saying whose they were', async () => {
  expect(await exported('ration-confirmations')).toEqual([
    'event_id;distribution_code;household_number;answer;answered_at',
    "f-1;D1;'=H1;RECEIVED;2026-03-11T08:00:00.000Z",
  ]);
});

test('complaints carry place and dates, and of an anonymous one nothing that leads to a phone', async () => {
  await complain('10000001', {
    householdId: household,
    contactMsisdn: '+22360000001',
  });
  await complain('10000002', { anonymous: true, communeCode: 'ML050105' });
  await complain('10000003', { anonymous: true, category: 'C6' });
  const lines = await exported('complaints');
  expect(lines).toEqual([
    'event_id;reference;category;status;level;pcode;filed_at;due_at;closed_at;external_ref',
    'c-10000001;10000001;C2;RECEIVED;N5;ML010515;2026-03-11T08:00:00.000Z;2026-03-26;;',
    'c-10000002;10000002;C2;RECEIVED;N5;ML050105;2026-03-11T08:00:00.000Z;2026-03-26;;',
    'c-10000003;10000003;C6;RECEIVED;N5;;2026-03-11T08:00:00.000Z;2026-03-26;;',
  ]);
  expect(lines.join('\n')).not.toContain('6000000');
});

test('a complaint that moved is exported again under its own event', async () => {
  const complaintId = await complain('10000009', {
    filedAt: at('2026-01-11T08:00:00Z'),
    status: 'ACKNOWLEDGED',
  });
  const since = '2026-03-20T00:00:00Z';
  expect(await exported('complaints', since)).toHaveLength(1);
  await store.db.prisma.complaintEvent.create({
    data: {
      ...{
        complaintId,
        kind: 'moved',
        toStatus: 'ACKNOWLEDGED',
        actor: 'system',
      },
      happenedAt: at('2026-03-21T08:00:00Z'),
    },
  });
  const [, line] = await exported('complaints', since);
  expect(line).toMatch(/^c-10000009;10000009;C2;ACKNOWLEDGED/);
});

test('only approved changes of phone go out', async () => {
  expect(await exported('phone-changes')).toEqual([
    'event_id;household_number;old_phone;new_phone;requested_at;approved_at',
    "p-1;'=H1;+22360000001;+22360000002;2026-03-01T08:00:00.000Z;2026-03-11T08:00:00.000Z",
  ]);
});

test('the register is told where a person chose otherwise', async () => {
  expect(await exported('corrections')).toEqual([
    'event_id;household_number;field;register_value;chosen_value;opened_at;settled_at',
    "k-1;'=H1;locale;fr;bm;2026-03-11T08:00:00.000Z;",
  ]);
});

test('who asked to be called goes out with by whom she wants to be, empty when she did not say', async () => {
  await store.db.prisma.callback.createMany({
    data: [true, false, null].map((prefersWoman, n) => ({
      ...{ eventId: `b-${n}`, msisdn: '+22360000001', slot: 'morning' },
      ...{ locale: 'fr', spokenCode: '42', prefersWoman },
      requestedAt: at('2026-03-11T08:00:00Z'),
      callOn: at('2026-03-12'),
    })),
  });
  expect(await exported('callbacks')).toEqual([
    'event_id;phone;call_on;slot;language;spoken_code;requested_at;outcome;closed_at;prefers_woman',
    ...['yes', 'no', ''].map(
      (word, n) =>
        `b-${n};+22360000001;2026-03-12;morning;fr;42;2026-03-11T08:00:00.000Z;;;${word}`,
    ),
  ]);
});

test('an export that fails leaves no file', async () => {
  const file = path.join(folder, 'nowhere', 'x.csv');
  const request = {
    kind: 'complaints',
    since: at('2026-01-01'),
    file,
  } as const;
  await expect(exportFile(store, request)).rejects.toThrow('ENOENT');
  expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual(
    [],
  );
});

test('an export is told to the audit chain before its file appears, and one that failed is not', async () => {
  const { prisma } = store.db;
  const file = path.join(folder, 'told.csv');
  const request = { kind: 'callbacks', since: at('2026-01-01'), file } as const;
  const before = await prisma.auditEntry.count();
  const lost = { ...request, file: path.join(folder, 'nowhere', 'x.csv') };
  await expect(exportFile(store, lost)).rejects.toThrow('ENOENT');
  const { rows } = await exportFile(store, { ...request, actor: 'cli' });
  const entries = await prisma.auditEntry.findMany({ orderBy: { id: 'asc' } });
  expect(entries.slice(before)).toMatchObject([
    {
      ...{ actor: 'cli', action: 'export.done', subject: 'export:callbacks' },
      detail: { rows, since: '2026-01-01T00:00:00.000Z' },
    },
  ]);
});
