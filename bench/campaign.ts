import type { CampaignDesk } from '../src/campaigns/campaign-desk';
import { questionOf } from '../src/campaigns/campaign-filling';
import {
  fingerprintOf,
  freezeAudience,
  roomy,
} from '../src/campaigns/freeze-audience';
import { startCampaign } from '../src/campaigns/start-campaign';
import { campaignProgress } from '../src/campaigns/progress';
import { findCampaign } from '../src/campaigns/queries';
import { USUAL_PRICES } from '../src/messaging/price-table';
import { systemClock } from '../src/runtime/clock';
import {
  connectDatabase,
  inTransaction,
  type Database,
  type Tx,
} from '../src/runtime/database';
import { packageRoot } from '../src/runtime/package-root';
import { openTexts } from '../src/text/texts';
import { figureOf } from './figures';
import type { BenchOptions, Figure } from './part';
import { queueTables } from './sms-sending';
import { openBenchStore } from './store';

const patience = { timeoutMs: 30 * 60_000 };

/** A national campaign: its audience frozen beside the very same rows inserted bare, its messages written, its progress read. */
export async function run(options: BenchOptions): Promise<Figure[]> {
  const households = options.quick ? 10_000 : 1_000_000;
  const rounds = options.quick ? 1 : 3;
  const store = await openBenchStore(households, options);
  const db = connectDatabase(store.url, { max: 4, statementTimeoutMs: 0 });
  try {
    await db.pool.query(
      `truncate campaigns, ${queueTables}, message_counts, message_gates cascade`,
    );
    await db.pool.query(
      `update households set sms_consent = true where not sms_consent`,
    );
    await db.pool.query('vacuum (analyze) households, phone_links, phones');
    const desk = deskOn(db);
    const id = await aNationalCampaign(db);
    const ratios: number[] = [];
    for (let round = 0; round < rounds; round += 1)
      ratios.push(await freezeBesideBare(desk, id, options));
    const progress = await sendingFigures(desk, id, options);
    return [figureOf('campaign.freeze', ratios), ...progress];
  } finally {
    await db.pool.query(
      `truncate campaigns, ${queueTables}, message_counts, message_gates cascade`,
    );
    await db.close();
    await store.close();
  }
}

function deskOn(db: Database): CampaignDesk {
  const texts = openTexts({ root: packageRoot });
  return {
    ...{ db, texts, languages: texts.languages, clock: systemClock() },
    ...{ shortCode: '*384*55#', senderNames: [], prices: USUAL_PRICES },
    wayOf: () => ({ gateway: 'bench', perSecond: 50 }),
  };
}

async function aNationalCampaign({ pool }: Database): Promise<number> {
  const text = 'Jigisemejiri: des nouvelles attendent. Composez {{code}}.';
  const texts = { fr: { own: text, shared: text } };
  const { rows } = await pool.query<{ id: number }>(
    `insert into campaigns (title, kind, state, audience, texts, ceiling_xof, failure_percent, life_hours, created_at)
     values ('Bench', 'announcement', 'draft', '{}', $1, 1000000000, 20, 72, now()) returning id`,
    [JSON.stringify(texts)],
  );
  return rows[0]?.id ?? 0;
}

/** @returns how many times as long freezing takes as inserting what came of it */
async function freezeBesideBare(
  desk: CampaignDesk,
  id: number,
  { say }: BenchOptions,
): Promise<number> {
  const { pool } = desk.db;
  const campaign = await findCampaign(desk.db, id);
  const question = await questionOf(desk, campaign);
  const clear = (): Promise<unknown> =>
    pool.query('truncate campaign_recipients; checkpoint');
  await clear();
  const freeze = await timed(desk.db, (tx) => freezeAudience(tx, id, question));
  await pool.query(
    `drop table if exists bench_recipients;
     create unlogged table bench_recipients as select * from campaign_recipients`,
  );
  await clear();
  const bare = await timed(desk.db, (tx) =>
    tx.$executeRawUnsafe(
      `insert into campaign_recipients select * from bench_recipients`,
    ),
  );
  const { rows } = await pool.query<{ count: number }>(
    'select count(*)::int as count from campaign_recipients',
  );
  await pool.query('drop table bench_recipients');
  say(
    `  ${rows[0]?.count ?? 0} households: frozen in ${freeze.toFixed(1)} s, inserted bare in ${bare.toFixed(1)} s`,
  );
  return freeze / bare;
}

/** Writes the messages of what is frozen, and reads the progress, as a live page does. */
async function sendingFigures(
  desk: CampaignDesk,
  id: number,
  { say }: BenchOptions,
): Promise<Figure[]> {
  const campaign = await findCampaign(desk.db, id);
  const { fingerprint, target } = await inTransaction(
    desk.db,
    (tx) => fingerprintOf(tx, campaign),
    patience,
  );
  await desk.db.pool.query(
    `update campaigns set state = 'approved', approved_by = 1, approved_at = now(), frozen_at = now(),
       fingerprint = $1, target = $2`,
    [fingerprint, target],
  );
  const began = performance.now();
  const written = await startCampaign(desk, undefined, id);
  const seconds = (performance.now() - began) / 1000;
  say(`  ${written} messages written in ${seconds.toFixed(1)} s`);
  await desk.db.pool.query(
    `update messages set state = 'sent', sent_at = now(), reason = null where id % 3 = 0`,
  );
  const reads: number[] = [];
  for (let read = 0; read < 20; read += 1) {
    const asked = performance.now();
    await campaignProgress(desk, id);
    reads.push(performance.now() - asked);
  }
  return [figureOf('campaign.progress', reads)];
}

/** Seconds of a statement with room to sort in, in a transaction of its own. */
async function timed(
  db: Database,
  work: (tx: Tx) => Promise<unknown>,
): Promise<number> {
  const began = performance.now();
  await inTransaction(
    db,
    async (tx) => {
      for (const setting of roomy.split('; '))
        await tx.$executeRawUnsafe(setting);
      await work(tx);
    },
    patience,
  );
  return (performance.now() - began) / 1000;
}
