import { setTimeout as pause } from 'node:timers/promises';
import { approveCampaign } from '../../src/campaigns/decide-campaign';
import { draftCampaign } from '../../src/campaigns/draft-campaign';
import {
  cancelCampaign,
  pauseCampaign,
  resumeCampaign,
} from '../../src/campaigns/lead-campaign';
import { campaignProgress } from '../../src/campaigns/progress';
import { campaignHistory, findCampaign } from '../../src/campaigns/queries';
import { startCampaign } from '../../src/campaigns/start-campaign';
import { submitCampaign } from '../../src/campaigns/submit-campaign';
import { watchCampaigns } from '../../src/campaigns/watch-campaigns';
import {
  GatewayError,
  type GatewayFault,
} from '../../src/channels/gateway-error';
import { Sender } from '../../src/messaging/sender';
import { connectDatabase } from '../../src/runtime/database';
import { createLogger } from '../../src/runtime/logger';
import {
  aCampaignNow,
  aCrowd,
  aDraft,
  anApproved,
  another,
  approver,
  aStarted,
  author,
  campaignDesk,
  type TestCampaignDesk,
} from '../support/campaigns';
import { scratchDatabase, type TestDatabase } from '../support/database';
import { smsSink } from '../support/sms-sink';
import {
  playedGateway,
  type PlayedGateway,
  sendAllDue,
  sendingHouse,
} from '../support/sms-queue';
import { auditedActs } from '../support/staff';
import { tell } from '../support/tell';
import { startWorker } from '../support/worker-process';

let store: TestDatabase;
let desk: TestCampaignDesk;
const log = createLogger({ level: 'silent' });
beforeAll(async () => {
  store = await scratchDatabase();
});
beforeEach(async () => {
  await store.truncateAll();
  desk = campaignDesk(store.db);
});
afterAll(() => store.close());

/** How often each number was sent to. */
function timesTold(...gateways: PlayedGateway[]): Map<string, number> {
  const times = new Map<string, number>();
  for (const { requests } of gateways)
    for (const { msisdn } of requests.flatMap((one) => one.recipients))
      times.set(msisdn, (times.get(msisdn) ?? 0) + 1);
  return times;
}

test('experiment 16: two instances start one campaign at once and race for its messages: one starts it, rows are there once, each number is told once', async () => {
  await aCrowd(store.db, 400);
  const id = await anApproved(desk);
  const other = connectDatabase(store.url, { max: 5, statementTimeoutMs: 0 });
  try {
    const tries = await Promise.allSettled([
      startCampaign(desk, author, id),
      startCampaign({ ...desk, db: other }, approver, id),
    ]);
    expect(tries.map(({ status }) => status).sort()).toEqual([
      ...['fulfilled', 'rejected'],
    ]);
  } finally {
    await other.close();
  }
  expect(await store.db.prisma.message.count()).toBe(400);
  const gateway = playedGateway();
  const senders = ['one', 'two'].map(
    (sender) =>
      new Sender(
        sendingHouse(store.db, [gateway], { sender, clock: desk.clock }),
      ),
  );
  await Promise.all(senders.map(sendAllDue));
  const times = timesTold(gateway);
  expect([times.size, Math.max(...times.values())]).toEqual([400, 1]);
  expect(await campaignProgress(desk, id)).toMatchObject({
    ...{ target: 400, sent: 400 },
  });
}, 60_000);

test('experiment 17: two officers decide on one campaign at once: one wins, the other is told, and the audit chain shows who', async () => {
  await aCrowd(store.db, 3);
  const id = await draftCampaign(desk, author, aDraft());
  const print = await submitCampaign(desk, author, id);
  const approvals = await Promise.allSettled(
    [approver, another].map((one) => approveCampaign(desk, one, id, print)),
  );
  const lost = approvals.find((one) => one.status === 'rejected');
  expect(approvals.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
  expect(lost?.reason).toMatchObject({
    kind: 'conflict',
    message: expect.stringMatching(/est approuvée.*Rechargez/) as string,
  });
  await Promise.all([
    startCampaign(desk, author, id).catch(() => undefined),
    cancelCampaign(desk, another, id),
  ]);
  const acts = await auditedActs(store.db);
  expect(acts.filter((act) => act.includes('approved'))).toHaveLength(1);
  expect(acts).toContain(`officer:3 campaign.cancelled campaign:${id}`);
  expect((await findCampaign(store.db, id)).state).toBe('cancelled');
  expect((await campaignProgress(desk, id)).waiting).toBe(0);
  expect((await campaignHistory(store.db, id)).at(-1)?.toState).toBe(
    'cancelled',
  );
}, 60_000);

/** What a campaign of forty comes to when its gateway behaves so, from its sixth request on. */
async function through(
  fault: Omit<GatewayFault, 'ours' | 'reason'> | 'silence',
) {
  await aCrowd(store.db, 40);
  const id = await aStarted(desk);
  const gateway = playedGateway();
  const plain = gateway.answer;
  gateway.answer = async (sms) => {
    if (gateway.requests.length <= 5) return plain(sms);
    if (fault === 'silence') return new Promise(() => undefined);
    throw new GatewayError('played', { ...fault, ours: true, reason: 'test' });
  };
  const house = sendingHouse(store.db, [gateway], {
    ...{ clock: desk.clock, limits: { inFlight: 5, requestMs: 50 } },
  });
  const sender = new Sender(house);
  await sendAllDue(sender);
  await sendAllDue(sender);
  expect(Math.max(...timesTold(gateway).values())).toBe(1);
  const progress = await campaignProgress(desk, id);
  const { sent, failed, unknown, skipped, waiting, target } = progress;
  expect(sent + failed + unknown + skipped + waiting).toBe(target);
  await watchCampaigns(desk, log);
  return { progress, state: (await findCampaign(store.db, id)).state };
}

test('experiment 13: a gateway stops answering in the middle of a campaign: what it had is unknown and not sent again, the rest waits', async () => {
  const { progress, state } = await through('silence');
  tell('experiment 13, campaign', { ...progress });
  expect(progress).toMatchObject({ sent: 5, failed: 0 });
  expect(progress.unknown).toBeGreaterThan(0);
  expect(progress.waiting).toBeGreaterThan(20);
  expect(state).toBe('sending');
}, 30_000);

test('experiment 14: a gateway begins to refuse for a while: nothing of the campaign is lost or unknown', async () => {
  const { progress, state } = await through({
    ...{ failure: 'unreachable', begun: 'no' },
  });
  expect(progress).toMatchObject({ sent: 5, waiting: 35, unknown: 0 });
  expect(state).toBe('sending');
}, 30_000);

test('experiment 15: the account of a gateway is empty in the middle of a campaign: it stands still, and nobody counts as failed', async () => {
  const { progress } = await through({ failure: 'noBalance', begun: 'no' });
  expect(progress).toMatchObject({ sent: 5, waiting: 35, failed: 0 });
  const [gateway] = (
    await store.db.pool.query<{ paused_reason: string }>(
      `select paused_reason from gateway_states`,
    )
  ).rows;
  expect(gateway?.paused_reason).toBe('noBalance');
}, 30_000);

test('experiment 1: a campaign is stopped at a third, goes on, its worker is killed with -9, and another ends it: sent, failed, unknown and skipped make the target, each phone once', async () => {
  const phones = 600;
  const sink = await smsSink(5);
  sink.allow(200);
  const { desk: now, id } = await aCampaignNow(store.db, phones);
  const worker = await startWorker({
    ...{ databaseUrl: store.url, sinkUrl: sink.url, inFlight: 20 },
  });
  try {
    await sink.came(200);
    await pauseCampaign(now, author, id);
    await pause(1_500);
    sink.allow(Number.POSITIVE_INFINITY);
    await pause(700);
    const stopped = sink.total();
    await pause(700);
    expect(sink.total()).toBe(stopped);
    expect(stopped).toBeLessThan(300);
    sink.allow(stopped + 100);
    await resumeCampaign(now, author, id);
    await sink.came(stopped + 101);
    worker.signal('SIGKILL');
    await worker.ended;
  } finally {
    await worker.close();
    await sink.close();
  }
  const gateway = playedGateway();
  const house = sendingHouse(store.db, [gateway], {
    limits: { goneAfterMs: 10 },
  });
  await sendAllDue(new Sender(house));
  await watchCampaigns(now, log);
  const times = timesTold(gateway);
  for (const [number, count] of sink.received)
    times.set(
      number.startsWith('+') ? number : `+${number}`,
      (times.get(number.startsWith('+') ? number : `+${number}`) ?? 0) + count,
    );
  const { sent, failed, unknown, skipped, target } = await campaignProgress(
    now,
    id,
  );
  tell('experiment 1, campaign', { sent, failed, unknown, skipped });
  expect(sent + failed + unknown + skipped).toBe(target);
  expect(target).toBe(phones);
  expect(unknown).toBeLessThanOrEqual(20);
  expect(Math.max(...times.values())).toBe(1);
  expect(times.size).toBeGreaterThanOrEqual(sent);
  expect((await findCampaign(store.db, id)).state).toBe('done');
}, 60_000);
