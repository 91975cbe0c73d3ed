import type pg from 'pg';
import type { ImportBatch } from './import-batch';
import type { SentenceKey } from './sentences';
import {
  openLane,
  type LaneOptions,
  type LaneVerdicts,
  type StagingLane,
} from './staging-lane';

/** Several lanes that take one batch together, each on a connection of its own and at the same time. */
export interface StagingCrew {
  begin(): Promise<void>;
  write(batch: ImportBatch): Promise<void>;
  seal(): Promise<void>;
  apply(batch: ImportBatch): Promise<LaneVerdicts>;
  close(): Promise<void>;
}

/** Opens one lane on each connection. */
export async function openCrew(
  clients: readonly pg.PoolClient[],
  options: LaneOptions,
): Promise<StagingCrew> {
  const lanes = await Promise.all(
    clients.map((client) => openLane(client, options)),
  );
  const all = async (
    work: (lane: StagingLane, number: number) => Promise<void>,
  ): Promise<void> => {
    await Promise.all(lanes.map(work));
  };
  return {
    begin: () => all((lane) => lane.begin()),
    write: (batch) =>
      all((lane, number) => lane.write(batch.takeStaged(number))),
    seal: () => all((lane) => lane.seal()),
    close: () => all((lane) => lane.close()),
    async apply(batch) {
      const verdicts = await Promise.all(
        lanes.map((lane, number) => lane.apply(batch.roundRows(number))),
      );
      return together(verdicts);
    },
  };
}

function together(verdicts: readonly LaneVerdicts[]): LaneVerdicts {
  const total = { created: 0, updated: 0, unchanged: 0, stale: 0 };
  const refused = new Map<number, SentenceKey>();
  const unmet: number[] = [];
  for (const one of verdicts) {
    total.created += one.created;
    total.updated += one.updated;
    total.unchanged += one.unchanged;
    total.stale += one.stale;
    for (const [line, key] of one.refused) refused.set(line, key);
    unmet.push(...one.unmet);
  }
  return { ...total, refused, unmet: unmet.sort((a, b) => a - b) };
}
