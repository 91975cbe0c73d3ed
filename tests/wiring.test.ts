import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadConfig } from '../src/runtime/config';
import { createLogger } from '../src/runtime/logger';
import { buildHouse } from '../src/wiring';
import { scratchDatabase } from './support/database';

test('two programs that start on one empty store load the demo once, and both wait for it', async () => {
  const store = await scratchDatabase();
  const dataDir = await mkdtemp(path.join(tmpdir(), 'jigi-wiring-'));
  const config = loadConfig({ DATABASE_URL: store.url, DATA_DIR: dataDir });
  const said: string[] = [];
  const log = createLogger({ level: 'silent' });
  const open = async () => {
    const house = await buildHouse(config, {
      log,
      say: (line) => void said.push(line),
    });
    const households = await house.db.prisma.household.count();
    const { rows } = await house
      .campaignDesk()
      .db.pool.query<{ statement_timeout: string }>('show statement_timeout');
    expect(rows).toEqual([{ statement_timeout: '0' }]);
    await house.close();
    return households;
  };
  expect(await Promise.all([open(), open()])).toEqual([2000, 2000]);
  expect(said.filter((line) => line.startsWith('Programme'))).toHaveLength(1);
  const runs = await store.db.prisma.importRun.groupBy({ by: ['kind'] });
  expect(await store.db.prisma.importRun.count()).toBe(runs.length);
  const campaigns = await store.db.prisma.campaign.findMany();
  expect(campaigns.map(({ state }) => state).sort()).toEqual([
    ...['done', 'draft'],
  ]);
  expect(await store.db.prisma.complaint.count()).toBeGreaterThan(40);
  await store.close();
  await rm(dataDir, { recursive: true });
}, 60_000);
