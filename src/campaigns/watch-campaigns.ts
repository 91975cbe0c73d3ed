import { setGate } from '../messaging/message-gates';
import { gatherCounts } from '../messaging/message-counts';
import { inTransaction, type Tx } from '../runtime/database';
import { AppError } from '../runtime/errors';
import type { Log } from '../runtime/logger';
import type { Metrics } from '../runtime/metrics';
import type { Database } from '../runtime/database';
import type { CampaignRow } from './campaign-row';
import type { CampaignDesk } from './campaign-desk';
import { lockCampaign, moveCampaign } from './change-state';
import type { CampaignState } from './lifecycle';
import { campaignProgress, type CampaignProgress } from './progress';
import { eachApart } from './each-apart';
import { startCampaign } from './start-campaign';

/** Why a campaign was halted. */
export const haltCauses = {
  tooManyFailures: "trop d'échecs",
  tooDear: 'le plafond de coût est atteint',
} as const;
export type HaltCause = keyof typeof haltCauses;

/** Fewer than these tell nothing of a share. */
const leastGone = 50;

const openStates: readonly CampaignState[] = ['sending', 'paused', 'halted'];

/** What had gone when a person let a campaign go on: only what came after may stop it again. */
interface Resumed {
  sent: number;
  failed: number;
}

/** Whether a campaign must stop, and why. */
export function haltCauseOf(
  progress: Pick<CampaignProgress, 'sent' | 'failed' | 'costXof' | 'waiting'>,
  limits: { ceilingXof: number; failurePercent: number },
  resumed: Resumed = { sent: 0, failed: 0 },
): HaltCause | undefined {
  const { costXof, waiting } = progress;
  if (waiting === 0) return undefined;
  const failed = Math.max(progress.failed - resumed.failed, 0);
  const gone = Math.max(progress.sent - resumed.sent, 0) + failed;
  if (gone >= leastGone && 100 * failed > limits.failurePercent * gone)
    return 'tooManyFailures';
  return costXof > limits.ceilingXof ? 'tooDear' : undefined;
}

/** What watching did. */
export interface Watched {
  started: number;
  halted: number;
  done: number;
}

/**
 * Starts what is due, halts what fails or costs too much, and ends what is over. Done every few seconds by one program;
 * whatever it was doing when it died is done by the next. One that fails is in nobody's way.
 * @param patiently for writing the messages; absent: the desk itself waits
 */
export async function watchCampaigns(
  desk: CampaignDesk,
  log: Pick<Log, 'error' | 'warn'>,
  patiently: Patiently = (work) => work(desk),
): Promise<Watched> {
  const watched = { started: 0, halted: 0, done: 0 };
  const { rows } = await desk.db.pool.query<{
    id: number;
    state: CampaignState;
    is_due: boolean;
  }>(
    `select id, state, scheduled_at <= $1 as is_due from campaigns
     where state in ('scheduled', 'sending', 'paused', 'halted') order by id`,
    [desk.clock.now()],
  );
  await eachApart(rows, async ({ id, state, is_due: isDue }) => {
    if (state === 'scheduled') {
      if (isDue && (await startDue(patiently, log, id))) watched.started += 1;
      return;
    }
    const outcome = await lookAt(desk, log, id);
    if (outcome !== undefined) watched[outcome] += 1;
  });
  if (rows.length > 0) await gatherCounts(desk.db);
  return watched;
}

/** Does work on connections that wait for long statements. */
export type Patiently = <T>(
  work: (desk: CampaignDesk) => Promise<T>,
) => Promise<T>;

async function startDue(
  patiently: Patiently,
  log: Pick<Log, 'warn'>,
  id: number,
): Promise<boolean> {
  try {
    await patiently((desk) => startCampaign(desk, undefined, id));
    return true;
  } catch (error) {
    // Whoever reads the page sees why; it is tried again until somebody changes it.
    if (!(error instanceof AppError)) throw error;
    log.warn('campaign not started', { campaignId: id, kind: error.kind });
    return false;
  }
}

async function lookAt(
  desk: CampaignDesk,
  log: Pick<Log, 'error'>,
  id: number,
): Promise<'halted' | 'done' | undefined> {
  return inTransaction(desk.db, async (tx) => {
    const work = { tx, clock: desk.clock };
    const campaign = await lockCampaign(work, id);
    if (!openStates.includes(campaign.state)) return undefined;
    const progress = await campaignProgress(desk, id);
    if (progress.waiting === 0) {
      await setGate(work, id, false);
      await moveCampaign(work, campaign, {
        ...{ to: 'done', kind: 'done', actor: undefined },
        set: { endedAt: desk.clock.now() },
      });
      return 'done';
    }
    const cause = haltCauseOf(progress, campaign, await resumedAt(tx, id));
    if (cause === undefined || campaign.state !== 'sending') return undefined;
    await halt(work, campaign, cause, progress);
    log.error('campaign halted', { campaignId: id, kind: cause });
    return 'halted';
  });
}

async function resumedAt(tx: Tx, id: number): Promise<Resumed | undefined> {
  const [last] = await tx.$queryRaw<Resumed[]>`
    select coalesce((detail ->> 'sent')::integer, 0) as sent, coalesce((detail ->> 'failed')::integer, 0) as failed
    from campaign_events where campaign_id = ${id} and kind = 'resumed' order by id desc limit 1`;
  return last;
}

async function halt(
  work: Parameters<typeof setGate>[0],
  campaign: CampaignRow,
  cause: HaltCause,
  { failed, costXof }: CampaignProgress,
): Promise<void> {
  await setGate(work, campaign.id, false);
  await moveCampaign(work, campaign, {
    ...{ to: 'halted', kind: 'halted', actor: undefined },
    ...{ set: { haltCause: cause }, detail: { cause, failed, costXof } },
  });
}

/** Tells which campaigns were halted, whenever figures are read: until somebody resumes or cancels them. */
export function tellCampaigns(
  db: Pick<Database, 'pool'>,
  metrics: Pick<Metrics, 'gauge'>,
): void {
  metrics.gauge(
    'jigi_campaigns',
    'Campaigns that are under way, by state; one that is halted waits for a person',
    async () => {
      const { rows } = await db.pool.query<{ state: string; count: number }>(
        `select state, count(*)::int as count from campaigns
         where state in ('scheduled', 'sending', 'paused', 'halted') group by state`,
      );
      return new Map(rows.map(({ state, count }) => [state, count]));
    },
  );
}
