import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  campaignBoard,
  campaignCallList,
  relayVillages,
} from '../../src/campaigns/board';
import {
  saveTemplate,
  listTemplates,
} from '../../src/campaigns/campaign-templates';
import { offerCorrections } from '../../src/campaigns/correct-campaign';
import { costStatement } from '../../src/campaigns/cost-statement';
import { draftCampaign } from '../../src/campaigns/draft-campaign';
import {
  cancelCampaign,
  resumeCampaign,
} from '../../src/campaigns/lead-campaign';
import { previewCampaign } from '../../src/campaigns/preview-campaign';
import { campaignProgress } from '../../src/campaigns/progress';
import {
  campaignHistory,
  findCampaign,
  listCampaigns,
} from '../../src/campaigns/queries';
import { reckonCampaign } from '../../src/campaigns/reckon-campaign';
import { retryFailures } from '../../src/campaigns/retry-campaign';
import { setPrice } from '../../src/campaigns/set-price';
import { spokenTexts } from '../../src/campaigns/spoken-texts';
import {
  scheduleCampaign,
  startCampaign,
} from '../../src/campaigns/start-campaign';
import { submitCampaign } from '../../src/campaigns/submit-campaign';
import { sendTest } from '../../src/campaigns/test-campaign';
import {
  tellCampaigns,
  watchCampaigns,
} from '../../src/campaigns/watch-campaigns';
import { approveCampaign } from '../../src/campaigns/decide-campaign';
import { exportFile } from '../../src/exchange/export-file';
import { Sender } from '../../src/messaging/sender';
import { gatherCounts } from '../../src/messaging/message-counts';
import { createLogger } from '../../src/runtime/logger';
import { createMetrics } from '../../src/runtime/metrics';
import {
  aCrowd,
  aDraft,
  anApproved,
  approver,
  aStarted,
  author,
  campaignDesk,
  goodTexts,
  type TestCampaignDesk,
} from '../support/campaigns';
import { testDatabase, type TestDatabase } from '../support/database';
import {
  accepting,
  playedGateway,
  sendAllDue,
  sendingHouse,
} from '../support/sms-queue';

let store: TestDatabase;
let desk: TestCampaignDesk;
let lines: string[] = [];
const log = createLogger({
  level: 'info',
  destination: { write: (line) => lines.push(line) },
});
beforeAll(async () => {
  store = await testDatabase();
});
beforeEach(async () => {
  await store.truncateAll();
  desk = campaignDesk(store.db);
  lines = [];
});
afterAll(() => store.close());

const watch = () => watchCampaigns(desk, log);
const state = async (id: number) => (await findCampaign(store.db, id)).state;

/** Sends what is due; numbers that end so are refused for good. */
async function send(refused = /^$/): Promise<string[]> {
  const gateway = playedGateway();
  gateway.answer = (sms) =>
    sms.recipients.flatMap((one) =>
      refused.test(one.msisdn)
        ? [
            {
              ...{ id: one.id, kind: 'refused' as const, ours: false },
              ...{ failure: 'badRecipient' as const, begun: 'no' as const },
              reason: 'no such number',
            },
          ]
        : accepting({ ...sms, recipients: [one] }),
    );
  const house = sendingHouse(store.db, [gateway], { clock: desk.clock });
  await sendAllDue(new Sender(house));
  return gateway.requests.flatMap(({ recipients }) =>
    recipients.map(({ msisdn }) => msisdn),
  );
}

/** A wave of the first so many households. */
async function aWave(households: number): Promise<void> {
  await store.db.pool.query(
    `insert into benefit_rules (code, programme, financing, name_fr, lump_sum_xof, valid_from)
       values ('TM', 'TM', 'FA2', 'Transfert', 30000, '2020-01-01');
     insert into waves (code, benefit_rule_id, provider_code, provider_name, modality, window_start, window_end, status,
         zone_profile, updated_at, imported_at)
       values ('W1', 1, 'P', 'P', 'cash', '2026-03-16', '2026-03-20', 'announced', 'normal', now(), now());
     insert into payments (wave_id, household_id, benefit_rule_id, amount_xof, status, updated_at)
       select 1, id, 1, 30000 + id, 'planned', now() from households where id <= ${households}`,
  );
}

const aboutWave = {
  subject: { kind: 'wave' as const, code: 'W1' },
  audience: { waves: ['W1'] },
  texts: {
    ...goodTexts,
    fr: {
      own: 'Jigisèmèjiri: {{amount}} du {{from}} au {{to}}. Détail: {{code}} menu 1.',
      shared: 'Jigisèmèjiri: paiements du {{from}} au {{to}}. {{code}} menu 1.',
    },
  },
};

test('a campaign begins at its hour, ends when nothing waits, and its sums stay right when they are gathered', async () => {
  await aCrowd(store.db, 5);
  const scheduledAt = new Date('2026-03-12T10:00:00Z');
  const id = await anApproved(desk, { scheduledAt });
  await scheduleCampaign(desk, author, id);
  expect(await watch()).toMatchObject({ started: 0 });
  desk.clock.set(scheduledAt);
  expect(await watch()).toMatchObject({ started: 1 });
  await send();
  expect(await watch()).toMatchObject({ done: 1 });
  expect(await state(id)).toBe('done');
  const before = await campaignProgress(desk, id);
  expect(before.perSecond).toBeCloseTo(5 / 60);
  await store.db.pool.query(
    `insert into message_counts (subject_id, operator, state, messages, segments, price_xof, counted_at)
       select $1, 'orange', 'sent', case n % 2 when 0 then 1 else -1 end, 0, 0, now() from generate_series(1, 300) n`,
    [id],
  );
  await store.db.pool.query(
    `update message_counts set counted_at = now() - interval '1 hour'`,
  );
  expect(await gatherCounts(store.db)).toBeGreaterThan(300);
  const { perSecond: _before, ...sums } = before;
  expect(await campaignProgress(desk, id)).toMatchObject(sums);
  expect(await store.db.prisma.messageCount.count()).toBeLessThan(4);
});

test('sums are right too where requests take many numbers and begin with the claim or with the answer before', async () => {
  await aCrowd(store.db, 9);
  const id = await aStarted(desk);
  const gateway = playedGateway('many', { mostRecipients: 2 });
  const house = sendingHouse(store.db, [gateway], {
    ...{ clock: desk.clock, limits: { inFlight: 2 } },
  });
  await sendAllDue(new Sender(house));
  expect(gateway.requests.length).toBeLessThan(9);
  expect(await campaignProgress(desk, id)).toMatchObject({
    ...{ target: 9, waiting: 0, sent: 9, unknown: 0, costXof: 135 },
    byOperator: [{ operator: 'orange', waiting: 0, sent: 9 }],
  });
});

test('too many failures halt a campaign with an alarm; somebody who may approve lets it go on', async () => {
  await aCrowd(store.db, 80);
  const id = await aStarted(desk, { failurePercent: 10 });
  await store.db.pool.query(
    `update messages set due_at = '2026-03-12T12:00Z' where id % 4 = 0`,
  );
  await send(/[1-4]$/);
  expect(await watch()).toMatchObject({ halted: 1, done: 0 });
  expect(await findCampaign(store.db, id)).toMatchObject({
    ...{ state: 'halted', haltCause: 'tooManyFailures' },
  });
  expect(lines.join('')).toMatch(/"campaign halted"|campaign halted/);
  const metrics = createMetrics();
  tellCampaigns(store.db, metrics);
  expect(await metrics.text()).toContain('jigi_campaigns{kind="halted"} 1');
  desk.clock.set('2026-03-12T13:00:00Z');
  expect(await send()).toEqual([]);
  await expect(resumeCampaign(desk, author, id)).rejects.toMatchObject({
    kind: 'forbidden',
  });
  await resumeCampaign(desk, approver, id);
  expect(await watch()).toMatchObject({ halted: 0 });
  expect(await send()).toHaveLength(20);
  const history = await campaignHistory(store.db, id);
  expect(history.find(({ kind }) => kind === 'halted')?.detail).toMatchObject({
    cause: 'tooManyFailures',
  });
});

test('what gateways bill beyond the ceiling halts it; prices are those that staff wrote down', async () => {
  await aCrowd(store.db, 10);
  await setPrice(desk, approver, {
    ...{ operator: 'orange', validFrom: '2026-03-01', priceXof: 20 },
  });
  const id = await aStarted(desk, { ceilingXof: 200, financing: 'FA2' });
  await store.db.pool.query(
    `update messages set due_at = '2026-03-12T12:00Z' where id = 10`,
  );
  const gateway = playedGateway();
  gateway.answer = (sms) =>
    accepting(sms).map((one) => ({ ...one, segments: 3 }));
  const house = sendingHouse(store.db, [gateway], { clock: desk.clock });
  await sendAllDue(new Sender(house));
  expect(await watch()).toMatchObject({ halted: 1 });
  expect((await findCampaign(store.db, id)).haltCause).toBe('tooDear');
  for (const ceiling of [undefined, 540, Number.NaN])
    await expect(
      resumeCampaign(desk, approver, id, ceiling),
    ).rejects.toMatchObject({ kind: 'invalid' });
  await resumeCampaign(desk, approver, id, 541);
  expect(await watch()).toMatchObject({ halted: 0 });
  expect(await findCampaign(store.db, id)).toMatchObject({
    ...{ state: 'sending', haltCause: null, ceilingXof: 541 },
  });
  expect(
    await costStatement(store.db, { from: '2026-03-01', to: '2026-04-01' }),
  ).toEqual([
    {
      ...{ month: '2026-03', financing: 'FA2', operator: 'orange' },
      ...{ messages: 9, segments: 27, costXof: 540 },
    },
  ]);
});

test('the numbers, the preview and the message show the same, each household its own amount', async () => {
  await aCrowd(store.db, 14);
  await aWave(12);
  const id = await draftCampaign(desk, author, aDraft(aboutWave));
  const campaign = await findCampaign(store.db, id);
  expect(await reckonCampaign(desk, campaign)).toMatchObject({
    ...{ households: 12, messages: 12, segments: 12, costXof: 180 },
    byOperator: [{ operator: 'orange', messages: 12 }],
    beginsAt: new Date('2026-03-12T09:00:00Z'),
  });
  const [kind] = await previewCampaign(desk, campaign);
  expect(kind?.examples).toHaveLength(10);
  expect(kind?.examples[0]).toMatchObject({
    msisdn: '+223••••••01',
    text: 'Jigisèmèjiri: 30 001 F CFA du 16/03 au 20/03. Détail: *384*55# menu 1.',
    segments: 1,
  });
  const fingerprint = await submitCampaign(desk, author, id);
  await approveCampaign(desk, approver, id, fingerprint);
  expect(
    await reckonCampaign(desk, await findCampaign(store.db, id)),
  ).toMatchObject({ messages: 12 });
  await startCampaign(desk, author, id);
  const message = await store.db.prisma.message.findFirst({
    where: { msisdn: '+22370000001' },
  });
  expect(message?.text).toBe(kind?.examples[0]?.text);
  expect(spokenTexts(desk, campaign)[0]).toMatchObject({
    locale: 'fr',
    poster:
      'Jigisèmèjiri: paiements du 16/03/2026 au 20/03/2026. *384*55# menu 1.',
  });
  expect(spokenTexts(desk, campaign)[0]?.radio).toContain('* 3 8 4 * 5 5 #');
});

test("a number that is no longer the household's gets nothing, and one that is shared by now no word for one alone", async () => {
  await aCrowd(store.db, 5);
  const id = await anApproved(desk);
  const { pool } = store.db;
  await pool.query(
    `update phone_links set ended_at = now() where msisdn = '+22370000001'`,
  );
  await pool.query(
    `update phone_links set msisdn = '+22370000003' where msisdn = '+22370000002'`,
  );
  await startCampaign(desk, author, id);
  const { rows } = await pool.query<{ msisdn: string; told: string }>(
    `select msisdn, coalesce(reason, template) as told from messages order by msisdn`,
  );
  expect(rows.map(({ msisdn, told }) => `${msisdn} ${told}`)).toEqual([
    '+22370000001 numberChanged',
    '+22370000002 numberChanged',
    '+22370000003 campaign.shared',
    '+22370000004 campaign.own',
    '+22370000005 campaign.own',
  ]);
});

test('the cap of a day counts on the day on which a campaign goes, not on the evening on which it is started', async () => {
  await aCrowd(store.db, 2);
  const id = await anApproved(desk);
  desk.clock.set('2026-03-12T20:00:00Z');
  const busy = (msisdn: string, day: string) =>
    store.db.pool.query(
      `insert into messages (purpose, subject_id, round, msisdn, class, template, locale, text, encoding, segments, state,
         due_at, sent_at, expires_at, written_at)
       select 'payment.announced', 1, n, $1, 'reminder', 't', 'fr', 't', 'gsm7', 1, 'sent', $2::timestamptz, $2, '2026-04-01',
         now() from generate_series(1, 3) n`,
      [msisdn, `${day}T08:00Z`],
    );
  await busy('+22370000001', '2026-03-12');
  await busy('+22370000002', '2026-03-13');
  await startCampaign(desk, author, id);
  const { rows } = await store.db.pool.query<{ told: string }>(
    `select msisdn || ' ' || concat_ws(' ', state, reason) as told from messages where class = 'campaign' order by msisdn`,
  );
  expect(rows.map(({ told }) => told)).toEqual([
    '+22370000001 queued',
    '+22370000002 cancelled dailyCap',
  ]);
});

test('no wave is announced before its provider accepted it, no day that is over, that moved, or that nobody knows', async () => {
  await aCrowd(store.db, 2);
  await aWave(2);
  const id = await draftCampaign(desk, author, aDraft(aboutWave));
  const refusedWhile = async (change: string, why: RegExp) => {
    await store.db.pool.query(`update waves set ${change}`);
    await expect(submitCampaign(desk, author, id)).rejects.toThrow(why);
  };
  await refusedWhile(`status = 'planned'`, /pas encore accepté/);
  await refusedWhile(`status = 'postponed'`, /dates ont changé/);
  await refusedWhile(
    `status = 'open', window_start = '2026-03-01', window_end = '2026-03-02'`,
    /dates ont changé/,
  );
  const late = await draftCampaign(desk, author, aDraft(aboutWave));
  await expect(submitCampaign(desk, author, late)).rejects.toThrow(/passées/);
  await store.db.pool.query(`update waves set status = 'postponed'`);
  const unknown = await draftCampaign(desk, author, aDraft(aboutWave));
  await expect(submitCampaign(desk, author, unknown)).rejects.toThrow(
    /pas connu/,
  );
  expect(await store.db.prisma.campaignRecipient.count()).toBe(0);
});

test('a test goes to staff at any hour, and may be sent again', async () => {
  await aCrowd(store.db, 1);
  const id = await draftCampaign(desk, author, aDraft());
  desk.clock.set('2026-03-12T21:00:00Z');
  await expect(sendTest(desk, author, id, ['123'])).rejects.toThrow(/numéros/);
  expect(await sendTest(desk, author, id, ['76 12 34 56'])).toBe(4);
  await sendTest(desk, author, id, ['76 12 34 56']);
  expect(await send()).toHaveLength(8);
  expect(await campaignProgress(desk, id)).toMatchObject({ target: 0 });
});

test('a test goes to no household, to no phone that said STOP, ten times a day, and never with texts that are refused', async () => {
  await aCrowd(store.db, 1);
  const id = await draftCampaign(desk, author, aDraft());
  const staff = '76 12 34 56';
  const tried = (numbers: string[], campaign = id) =>
    sendTest(desk, author, campaign, numbers);
  await expect(tried([staff, '+22370000001'])).rejects.toThrow(/un ménage/);
  await store.db.prisma.phone.create({
    data: { msisdn: '+22366123456', smsOn: false },
  });
  expect(await tried([staff, '66 12 34 56'])).toBe(4);
  const texts = { fr: { own: 'Le mot de passe est 1234', shared: 'Non' } };
  const refused = await draftCampaign(desk, author, aDraft({ texts }));
  await expect(tried([staff], refused)).rejects.toMatchObject({
    kind: 'invalid',
  });
  for (let n = 1; n < 10; n += 1) await tried([staff]);
  await expect(tried([staff])).rejects.toThrow(/10 fois/);
  desk.clock.advance({ days: 1 });
  expect(await tried([staff])).toBe(4);
  expect(await store.db.prisma.message.count()).toBe(44);
});

test('a wave that is put off takes back what has not gone and drafts a correction, in both languages, to exactly those who were told', async () => {
  await aCrowd(store.db, 6);
  await aWave(6);
  const id = await aStarted(desk, aboutWave);
  await store.db.pool.query(
    `update messages set due_at = '2026-03-12T12:00Z' where id > 4`,
  );
  expect(await send(/1$/)).toHaveLength(4);
  expect(await offerCorrections(desk)).toEqual([]);
  await store.db.pool.query(`update waves set status = 'postponed'`);
  const [draft = 0] = await offerCorrections(desk);
  expect(await offerCorrections(desk)).toEqual([]);
  expect(await state(id)).toBe('cancelled');
  expect(await campaignProgress(desk, id)).toMatchObject({
    ...{ target: 6, sent: 3, failed: 1, skipped: 2 },
  });
  const correction = await findCampaign(store.db, draft);
  expect(correction).toMatchObject({
    ...{ kind: 'correction', state: 'draft', authorId: null, follows: id },
    texts: {
      fr: { own: expect.stringMatching(/reporté.*\{\{code\}\}/) as string },
      bm: { shared: expect.stringMatching(/^Jigisɛmɛjiri/) as string },
    },
  });
  // One of the three has been told by a reminder already.
  await store.db.pool.query(
    `insert into messages (purpose, subject_id, round, msisdn, class, template, locale, text, encoding, segments, state,
       due_at, expires_at, written_at) values ('payment.postponed', 1, 1, '+22370000002', 'reminder', 't', 'fr', 't',
       'gsm7', 1, 'queued', '2026-03-12T10:00Z', '2026-03-13', now())`,
  );
  const fingerprint = await submitCampaign(desk, author, draft);
  await approveCampaign(desk, approver, draft, fingerprint);
  const rows = await store.db.prisma.campaignRecipient.findMany({
    where: { campaignId: draft, isFirst: true },
    orderBy: { householdId: 'asc' },
  });
  expect(rows.map(({ msisdn }) => msisdn)).toEqual([
    ...['+22370000003', '+22370000004'],
  ]);
  // The new dates come before it was sent: it would tell what holds no more.
  await store.db.pool.query(
    `update waves set new_window_start = '2026-04-01', new_window_end = '2026-04-05'`,
  );
  const [moved = 0] = await offerCorrections(desk);
  expect(await state(draft)).toBe('cancelled');
  expect(await findCampaign(store.db, moved)).toMatchObject({
    ...{ change: 'moved', fromDay: new Date('2026-04-01') },
  });
});

test('days that come back after others were told are told again; a draft that somebody put away stays away', async () => {
  await aCrowd(store.db, 3);
  await aWave(3);
  const id = await aStarted(desk, aboutWave);
  await send();
  const toNewDays = (days: string) =>
    store.db.pool.query(`update waves set ${days}`);
  const away = `status = 'postponed', new_window_start = '2026-04-01', new_window_end = '2026-04-05'`;
  const back = `status = 'announced', new_window_start = null, new_window_end = null`;
  await toNewDays(away);
  const [first = 0] = await offerCorrections(desk);
  const fingerprint = await submitCampaign(desk, author, first);
  await approveCampaign(desk, approver, first, fingerprint);
  await startCampaign(desk, author, first);
  expect(await send()).toHaveLength(3);

  await toNewDays(back);
  const [second = 0] = await offerCorrections(desk);
  expect(await findCampaign(store.db, second)).toMatchObject({
    ...{ change: 'moved', follows: id },
    fromDay: (await findCampaign(store.db, id)).fromDay,
  });
  // Before anybody heard of it: what was told last holds again.
  await toNewDays(away);
  expect(await offerCorrections(desk)).toEqual([]);
  expect(await state(second)).toBe('cancelled');

  await toNewDays(back);
  const [third = 0] = await offerCorrections(desk);
  expect(third).toBeGreaterThan(second);
  await cancelCampaign(desk, author, third);
  expect(await offerCorrections(desk)).toEqual([]);
});

test('the board tells which village has not heard, the list whom to visit, and failures alone are tried again', async () => {
  await aCrowd(store.db, 8);
  await store.db.pool.query(`
    update households set village = 'Kobri', village_key = 'kobri' where id > 5;
    update phone_links set ended_at = '2026-03-01' where household_id = 8;
    insert into phones (msisdn, sms_on) values ('+22370000007', false)`);
  const id = await aStarted(desk);
  await send(/[16]$/);
  await store.db.pool.query(
    `update messages set state = 'delivered', settled_at = now() where state = 'sent' and msisdn = '+22370000002'`,
  );
  const { villages, operators } = await campaignBoard(store.db, id);
  expect(villages).toMatchObject([
    { village: 'Kobri', households: 3, failed: 1, noPhone: 1, optedOut: 1 },
    { village: 'Sanakoro', households: 5, delivered: 1, sent: 3, failed: 1 },
  ]);
  expect(operators).toMatchObject([{ operator: 'orange', households: 7 }]);
  expect(await campaignProgress(desk, id)).toMatchObject({
    ...{ sent: 4, delivered: 1, failed: 2 },
  });
  const list = await campaignCallList(store.db, id);
  expect(list.map(({ why }) => why)).toEqual([
    ...['failed', 'optedOut', 'noPhone', 'failed'],
  ]);
  expect(list[0]).toMatchObject({ initials: 'C. S.', cardEnds: '06' });
  expect(await relayVillages(store.db, id)).toEqual([
    { communeCode: 'ML1', village: 'Kobri', households: 1 },
  ]);
  const retry = await retryFailures(desk, author, id);
  const fingerprint = await submitCampaign(desk, author, retry);
  await approveCampaign(desk, approver, retry, fingerprint);
  expect((await findCampaign(store.db, retry)).target).toBe(2);
  expect((await listCampaigns(store.db)).map(({ kind }) => kind)).toEqual([
    ...['retry', 'announcement'],
  ]);
});

test('a phone that the campaigns of two months fail to reach becomes a task for the register', async () => {
  await aCrowd(store.db, 2);
  const failing = async (day: string) => {
    desk.clock.set(`${day}T09:00:00Z`);
    await aStarted(desk, { failurePercent: 100 });
    await send(/1$/);
  };
  for (const day of ['2026-03-12', '2026-03-16']) await failing(day);
  const folder = await mkdtemp(path.join(tmpdir(), 'jigi-unreachable-'));
  const file = path.join(folder, 'unreachable.csv');
  const exported = async () => {
    await exportFile(store, {
      ...{ kind: 'unreachable', since: new Date(0), file, actor: 'test' },
    });
    return (await readFile(file, 'utf8')).trim().split('\n').slice(1);
  };
  try {
    expect(await exported()).toEqual([]);
    await failing('2026-04-20');
    expect(await exported()).toEqual([
      expect.stringMatching(/\+22370000001[,;]failed[,;]2026-03-12$/),
    ]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('a template that is kept again gets another version, the old one stays', async () => {
  const template = { name: 'nouvelles', title: 'Nouvelles', texts: goodTexts };
  expect(await saveTemplate(desk, author, template)).toBe(1);
  expect(await saveTemplate(desk, author, template)).toBe(2);
  await expect(
    saveTemplate(desk, author, { ...template, name: 'X' }),
  ).rejects.toMatchObject({ kind: 'invalid' });
  expect(await listTemplates(store.db)).toMatchObject([{ version: 2 }]);
  expect(await store.db.prisma.campaignTemplate.count()).toBe(2);
});
