import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Clock } from '../runtime/clock';
import type { Database } from '../runtime/database';
import type { Log } from '../runtime/logger';
import { importFiles } from './import-files';
import { keepPieces, readPieces } from './uploads';

/** What importing uploads works with. The database must wait for long statements. */
export interface UploadDesk {
  db: Database;
  clock: Clock;
  log: Pick<Log, 'error'>;
}

/** How often staff are told how far it is, in milliseconds. */
const tellEveryMs = 1_000;

/** Whether an upload waits, or one was left by a worker that is gone: the job's lock lets one work at a time. */
export async function isUploadWaiting({
  prisma,
}: Pick<Database, 'prisma'>): Promise<boolean> {
  const waiting = { state: { in: ['waiting', 'running'] } };
  return (await prisma.upload.findFirst({ where: waiting })) !== null;
}

/** Imports what waits, in the order in which it came. @returns how many files were taken */
export async function importUploads(desk: UploadDesk): Promise<number> {
  for (let done = 0; ; done += 1) {
    const next = await desk.db.prisma.upload.findFirst({
      where: { state: { in: ['waiting', 'running'] } },
      ...{ orderBy: { id: 'asc' }, select: { id: true, accountId: true } },
    });
    if (next === null) return done;
    await importUpload(desk, next);
  }
}

async function importUpload(
  { db, clock, log }: UploadDesk,
  { id, accountId }: { id: number; accountId: number },
): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'jigi-upload-'));
  const file = path.join(folder, 'fichier.csv');
  const rejected = path.join(folder, 'rejets.csv');
  const told: string[] = [];
  const set = (data: object): Promise<unknown> =>
    db.prisma.upload.update({
      ...{ where: { id }, data: { ...data, seenAt: clock.now() } },
      select: { id: true },
    });
  try {
    await set({ state: 'running', readBytes: 0, rows: 0 });
    await pipeline(
      readPieces(db, { id, side: 'file' }),
      createWriteStream(file, { mode: 0o600 }),
    );
    let toldAt = 0;
    const outcome = await importFiles(
      {
        ...{ db, clock, actor: `officer:${accountId}` },
        // Where the file lay is nobody's matter.
        warn: (line) => told.push(withoutPaths(line, [file, rejected])),
        rejectedPath: () => rejected,
        progress: (_file, readBytes, rows) => {
          if (performance.now() - toldAt < tellEveryMs) return;
          toldAt = performance.now();
          void set({ readBytes, rows }).catch(() => undefined);
        },
      },
      [file],
    );
    if (outcome.kind === 'refused') {
      const reasons = outcome.reasons.map((one) => withoutPaths(one, [file]));
      await set({ state: 'refused', told: reasons });
    } else {
      const [{ file: _file, ...summary }] = outcome.summaries as [
        (typeof outcome.summaries)[number],
      ];
      if (summary.rejected > 0) {
        await db.prisma.uploadPiece.deleteMany({
          where: { uploadId: id, side: 'rejected' },
        });
        await keepPieces(
          db,
          { id, side: 'rejected' },
          createReadStream(rejected),
        );
      }
      await set({ state: 'done', told, summary, rows: summary.read });
    }
    await db.prisma.uploadPiece.deleteMany({
      where: { uploadId: id, side: 'file' },
    });
  } catch (error) {
    log.error('upload was not imported', { error });
    await set({ state: 'failed' });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function withoutPaths(line: string, paths: readonly string[]): string {
  return paths.reduce(
    (text, one) =>
      text.replaceAll(`${one}: `, '').replaceAll(one, 'fichier des rejets'),
    line,
  );
}
