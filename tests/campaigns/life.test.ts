import { saveTemplate } from '../../src/campaigns/campaign-templates';
import {
  approveCampaign,
  rejectCampaign,
} from '../../src/campaigns/decide-campaign';
import {
  changeCampaign,
  draftCampaign,
  duplicateCampaign,
} from '../../src/campaigns/draft-campaign';
import {
  cancelCampaign,
  pauseCampaign,
  resumeCampaign,
} from '../../src/campaigns/lead-campaign';
import {
  campaignMoves,
  campaignStates,
  mayMoveTo,
  statesBefore,
} from '../../src/campaigns/lifecycle';
import { campaignProgress } from '../../src/campaigns/progress';
import { campaignHistory, findCampaign } from '../../src/campaigns/queries';
import { startCampaign } from '../../src/campaigns/start-campaign';
import { submitCampaign } from '../../src/campaigns/submit-campaign';
import { Sender } from '../../src/messaging/sender';
import {
  aCrowd,
  aDraft,
  anApproved,
  another,
  approver,
  aStarted,
  author,
  campaignDesk,
  goodTexts,
  type TestCampaignDesk,
} from '../support/campaigns';
import { testDatabase, type TestDatabase } from '../support/database';
import { aHousehold } from '../support/factories';
import { auditedActs } from '../support/staff';
import { playedGateway, sendAllDue, sendingHouse } from '../support/sms-queue';

let store: TestDatabase;
let desk: TestCampaignDesk;
beforeAll(async () => {
  store = await testDatabase();
});
beforeEach(async () => {
  await store.truncateAll();
  desk = campaignDesk(store.db);
  await aCrowd(store.db, 3);
});
afterAll(() => store.close());

const state = async (id: number) => (await findCampaign(store.db, id)).state;
const version = async (id: number) =>
  (await findCampaign(store.db, id)).version;

/** A sender on the desk's clock, and what it carried. */
function aSender() {
  const gateway = playedGateway();
  const sender = new Sender(
    sendingHouse(store.db, [gateway], { clock: desk.clock }),
  );
  return { gateway, send: () => sendAllDue(sender) };
}

test('the table of moves has every state, ends in two of them, and leads from a draft to each', () => {
  const ends = campaignStates.filter((one) => campaignMoves[one].length === 0);
  expect(ends).toEqual(['done', 'cancelled']);
  const reached = new Set<string>(['draft']);
  for (const one of campaignStates)
    for (const next of campaignMoves[one]) reached.add(next);
  expect([...reached].sort()).toEqual([...campaignStates].sort());
  expect(mayMoveTo('draft', 'sending')).toBe(false);
  expect(statesBefore('sending')).toEqual([
    ...['approved', 'scheduled', 'paused', 'halted'],
  ]);
});

test('a campaign is drafted by one, approved by another, sent, and adds up; its history and the audit chain tell who', async () => {
  const id = await aStarted(desk);
  expect(await state(id)).toBe('sending');
  const { gateway, send } = aSender();
  await send();
  expect(gateway.requests).toHaveLength(3);
  expect(gateway.requests[0]?.text).toBe(
    'Jigisèmèjiri: des nouvelles vous attendent. Composez *384*55# menu 1.',
  );
  expect(await campaignProgress(desk, id)).toMatchObject({
    ...{ target: 3, sent: 3, waiting: 0, failed: 0, costXof: 45 },
    byOperator: [{ operator: 'orange', sent: 3 }],
  });
  const history = await campaignHistory(store.db, id);
  expect(history.map(({ kind }) => kind)).toEqual([
    ...['drafted', 'submitted', 'approved', 'started'],
  ]);
  expect((await auditedActs(store.db)).slice(-2)).toEqual([
    `officer:2 campaign.approved campaign:${id}`,
    `officer:1 campaign.started campaign:${id}`,
  ]);
});

test('whoever wrote, changed or submitted a campaign never approves it, and needs the right to', async () => {
  const id = await draftCampaign(desk, approver, aDraft());
  await changeCampaign(desk, another, id, { ...aDraft(), version: 1 });
  const fingerprint = await submitCampaign(desk, author, id);
  const refused = { kind: 'forbidden' };
  for (const officer of [approver, another, author])
    await expect(
      approveCampaign(desk, officer, id, fingerprint),
    ).rejects.toMatchObject(refused);
  await expect(
    store.db.pool.query(
      `update campaigns set approved_by = author_id, approved_at = now(), state = 'approved'`,
    ),
  ).rejects.toThrow(/two_people/);
  await approveCampaign(desk, { ...approver, id: 9 }, id, fingerprint);
  expect(await state(id)).toBe('approved');
});

test('any change voids an approval, drops what was frozen, and does not overwrite another change', async () => {
  const id = await anApproved(desk);
  const changed = aDraft({ ceilingXof: 2_000_000 });
  await changeCampaign(desk, author, id, {
    ...{ ...changed, version: await version(id) },
  });
  expect(await findCampaign(store.db, id)).toMatchObject({
    ...{ state: 'draft', approvedBy: null, fingerprint: null, version: 2 },
  });
  expect(await store.db.prisma.campaignRecipient.count()).toBe(0);
  await expect(
    changeCampaign(desk, another, id, { ...changed, version: 1 }),
  ).rejects.toMatchObject({ kind: 'conflict' });
  await expect(startCampaign(desk, author, id)).rejects.toMatchObject({
    kind: 'conflict',
  });
});

test('a draft that changes what it is about changes its kind, and keeps the template that it came from', async () => {
  await aHousehold().owed({ wave: 'W1' }).save(store.db);
  const template = { name: 'nouvelles', version: 1 };
  await saveTemplate(desk, author, {
    ...{ name: template.name, title: 'Nouvelles' },
    texts: goodTexts,
  });
  const id = await draftCampaign(desk, author, aDraft({ template }));
  await changeCampaign(desk, author, id, {
    ...aDraft({ subject: { kind: 'wave', code: 'W1' } }),
    version: 1,
  });
  expect(
    await store.db.prisma.campaign.findUnique({ where: { id } }),
  ).toMatchObject({
    ...{ kind: 'wave', templateName: 'nouvelles', templateVersion: 1 },
  });
});

test('what was not read is not approved, and what was meddled with is not started', async () => {
  const id = await draftCampaign(desk, author, aDraft());
  const fingerprint = await submitCampaign(desk, author, id);
  await expect(
    approveCampaign(desk, approver, id, 'another'),
  ).rejects.toMatchObject({ kind: 'conflict' });
  await approveCampaign(desk, approver, id, fingerprint);
  await store.db.pool.query(
    `update campaign_recipients set msisdn = '+22399999999' where household_id = 1`,
  );
  await expect(startCampaign(desk, author, id)).rejects.toMatchObject({
    kind: 'conflict',
  });
  expect(await store.db.prisma.message.count()).toBe(0);
});

test('a bad text, a ceiling too low, and an audience of nobody are refused with a sentence, and nothing is frozen', async () => {
  const refused = async (given: Parameters<typeof aDraft>[0]) => {
    const id = await draftCampaign(desk, author, aDraft(given));
    await expect(submitCampaign(desk, author, id)).rejects.toMatchObject({
      kind: 'invalid',
    });
    expect(await state(id)).toBe('draft');
  };
  const { texts } = aDraft();
  const fr = { own: 'Jigisèmèjiri: reçu {{nom}}', shared: 'Jigisèmèjiri: oui' };
  await refused({ texts: { ...(texts as object), fr } });
  await refused({ ceilingXof: 44 });
  await refused({ audience: { sex: 'M' } });
  expect(await store.db.prisma.campaignRecipient.count()).toBe(0);
  await expect(
    draftCampaign(desk, author, aDraft({ audience: { village: 'x' } })),
  ).rejects.toThrow(/public n'est pas compris: village/);
  const id = await draftCampaign(desk, author, aDraft());
  await submitCampaign(desk, author, id);
  await expect(rejectCampaign(desk, approver, id, '')).rejects.toThrow(
    /pourquoi/,
  );
  await rejectCampaign(desk, approver, id, 'Texte peu clair.');
  expect(await state(id)).toBe('rejected');
});

test('paused, nothing goes and what a sender held is given back; resumed, each phone is told once; cancelled, the rest is taken back', async () => {
  await aCrowd(store.db, 27, 4);
  const id = await aStarted(desk);
  const { gateway } = aSender();
  const house = sendingHouse(store.db, [gateway], {
    ...{ clock: desk.clock, limits: { inFlight: 1 } },
  });
  const sender = new Sender(house);
  const told = (): number => gateway.requests.length;
  // One request is under way while the rest waits in the sender's hands.
  let answer: () => void = () => undefined;
  const under = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const plain = gateway.answer;
  gateway.answer = async (sms) => {
    await under;
    return plain(sms);
  };
  await sender.tick();
  await sender.fill();
  await pauseCampaign(desk, author, id);
  await sender.tick();
  answer();
  await sender.settled();
  await sendAllDue(sender);
  expect(told()).toBe(1);
  expect(await campaignProgress(desk, id)).toMatchObject({
    ...{ waiting: 29, sent: 1 },
  });
  await resumeCampaign(desk, author, id);
  await sender.tick();
  await sender.fill();
  await sender.settled();
  expect(told()).toBeGreaterThan(1);
  await cancelCampaign(desk, approver, id);
  await sendAllDue(sender);
  const progress = await campaignProgress(desk, id);
  expect(progress.sent + progress.skipped).toBe(30);
  expect(progress.sent).toBe(told());
  expect(
    new Set(gateway.requests.map((one) => one.recipients[0]?.msisdn)).size,
  ).toBe(told());
  await expect(resumeCampaign(desk, author, id)).rejects.toMatchObject({
    kind: 'conflict',
  });
});

test('another campaign goes while one is paused, and nothing goes in the quiet hours', async () => {
  const paused = await aStarted(desk);
  await pauseCampaign(desk, author, paused);
  const other = await aStarted(desk, { title: 'Autre' });
  const { gateway, send } = aSender();
  desk.clock.set('2026-03-12T19:30:00Z');
  await send();
  expect(gateway.requests).toHaveLength(0);
  desk.clock.set('2026-03-13T08:00:00Z');
  await send();
  expect(gateway.requests).toHaveLength(3);
  expect((await campaignProgress(desk, other)).sent).toBe(3);
  expect((await campaignProgress(desk, paused)).waiting).toBe(3);
});

test('who says STOP or is suspended after the freeze is skipped, and still counted', async () => {
  const id = await anApproved(desk);
  await store.db.pool.query(`
    insert into phones (msisdn, sms_on) values ('+22370000001', false);
    update households set status = 'suspended' where id = 2`);
  await startCampaign(desk, author, id);
  const { gateway, send } = aSender();
  await send();
  expect(gateway.requests).toHaveLength(1);
  expect(await campaignProgress(desk, id)).toMatchObject({
    ...{ target: 3, sent: 1, skipped: 2 },
  });
});

test('a copy is a draft of its own', async () => {
  const id = await aStarted(desk);
  const copy = await duplicateCampaign(desk, another, id);
  expect(await findCampaign(store.db, copy)).toMatchObject({
    ...{ title: 'Nouvelles de mars (copie)', state: 'draft', authorId: 3 },
    ...{ startedAt: null, approvedBy: null },
  });
});
