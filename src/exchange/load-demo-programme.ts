import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Clock } from '../runtime/clock';
import { connectDatabase } from '../runtime/database';
import { AppError } from '../runtime/errors';
import { IMPORT_CONNECTIONS, type ImportSummary } from './import-file';
import { importFiles } from './import-files';
import { makeSyntheticProgramme } from './synthetic-programme';

/** What a demo programme is loaded with. */
export interface DemoGround {
  readonly databaseUrl: string;
  readonly clock: Clock;
  /** Progress for whoever starts the service, in French. */
  readonly say?: (line: string) => void;
  readonly households?: number;
}

const HOUSEHOLDS = 2000;
const SEED = 7;

/**
 * Makes the demo programme of the clock's day and imports it as any other register file; doing it
 * again on the same day changes nothing, on another day its dates move along.
 */
export async function loadDemoProgramme(
  ground: DemoGround,
): Promise<readonly ImportSummary[]> {
  const { clock, households = HOUSEHOLDS, say = () => undefined } = ground;
  const folder = await mkdtemp(path.join(tmpdir(), 'jigi-demo-'));
  const db = connectDatabase(ground.databaseUrl, {
    max: IMPORT_CONNECTIONS,
    statementTimeoutMs: 0,
  });
  try {
    const request = { households, seed: SEED, today: clock.today() };
    const files = await makeSyntheticProgramme(request, folder);
    const outcome = await importFiles({ db, clock, warn: say }, files);
    if (outcome.kind === 'refused') {
      throw new AppError('bug', `demo refused: ${outcome.reasons.join(' ')}`);
    }
    return outcome.summaries;
  } finally {
    await db.close();
    await rm(folder, { recursive: true, force: true });
  }
}
