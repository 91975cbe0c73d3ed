import { Readable } from 'node:stream';
import type { Clock } from '../runtime/clock';
import type { Database } from '../runtime/database';
import type { ImportSummary } from './import-file';

/** What uploads are kept with. */
export interface UploadDeps {
  db: Database;
  clock: Pick<Clock, 'now'>;
}

/** Bytes of a piece: as much as is held in memory of a file. */
const pieceBytes = 262_144;

/** The largest file that is taken: a million households with room to spare. */
export const largestUpload = 512 * 1024 * 1024;

/** What became of an upload's rows. */
export type UploadSummary = Omit<ImportSummary, 'file'>;

/** An upload as staff follow it. */
export interface Upload {
  id: number;
  accountId: number;
  fileName: string;
  state: 'coming' | 'waiting' | 'running' | 'done' | 'refused' | 'failed';
  bytes: number;
  readBytes: number;
  rows: number;
  told: readonly string[];
  summary: UploadSummary | undefined;
  beganAt: Date;
  hasRejected: boolean;
}

/**
 * Takes a file in, piece by piece, and leaves it to a worker.
 * @returns the upload's number; undefined when it was too large or broke off, and nothing is kept of it
 */
export async function takeUpload(
  { db, clock }: UploadDeps,
  { accountId, fileName }: { accountId: number; fileName: string },
  body: AsyncIterable<Buffer>,
): Promise<number | undefined> {
  const now = clock.now();
  const { id } = await db.prisma.upload.create({
    data: {
      ...{ accountId, fileName: fileName.slice(0, 120), state: 'coming' },
      ...{ beganAt: now, seenAt: now, told: [] },
    },
    select: { id: true },
  });
  try {
    const bytes = await keepPieces(db, { id, side: 'file' }, body);
    if (bytes <= largestUpload) {
      await db.prisma.upload.update({
        where: { id },
        data: { state: 'waiting', bytes, seenAt: clock.now() },
      });
      return id;
    }
  } catch (error) {
    await db.prisma.upload.delete({ where: { id } });
    throw error;
  }
  await db.prisma.upload.delete({ where: { id } });
  return undefined;
}

/** Which bytes of an upload: the file, or its rejected rows. */
export interface UploadSide {
  id: number;
  side: 'file' | 'rejected';
}

/** Keeps a stream in pieces. It stops after the largest upload. @returns how many bytes came */
export async function keepPieces(
  { prisma }: Pick<Database, 'prisma'>,
  { id: uploadId, side }: UploadSide,
  body: AsyncIterable<Buffer>,
): Promise<number> {
  let [held, number, bytes]: [Buffer[], number, number] = [[], 0, 0];
  let heldBytes = 0;
  const write = async (): Promise<void> => {
    const content = Uint8Array.from(Buffer.concat(held));
    await prisma.uploadPiece.create({
      data: { uploadId, side, number, content },
      select: { number: true },
    });
    [held, heldBytes, number] = [[], 0, number + 1];
  };
  for await (const part of body) {
    held.push(part);
    heldBytes += part.length;
    bytes += part.length;
    if (bytes > largestUpload) return bytes;
    if (heldBytes >= pieceBytes) await write();
  }
  if (heldBytes > 0) await write();
  return bytes;
}

/** The bytes of an upload, or of its rejected rows, a piece at a time. */
export function readPieces(
  { prisma }: Pick<Database, 'prisma'>,
  { id: uploadId, side }: UploadSide,
): Readable {
  const pieces = async function* (): AsyncGenerator<Uint8Array> {
    for (let number = 0; ; number += 1) {
      const piece = await prisma.uploadPiece.findUnique({
        where: { uploadId_side_number: { uploadId, side, number } },
        select: { content: true },
      });
      if (piece === null) return;
      yield piece.content;
    }
  };
  return Readable.from(pieces());
}

/** One upload; undefined where there is none. */
export async function uploadOf(
  { prisma }: Pick<Database, 'prisma'>,
  id: number,
): Promise<Upload | undefined> {
  const found = await prisma.upload.findUnique({
    where: { id },
    include: {
      pieces: {
        where: { side: 'rejected' },
        take: 1,
        select: { number: true },
      },
    },
  });
  if (found === null) return undefined;
  const { pieces, bytes, readBytes, summary, state, ...kept } = found;
  return {
    ...kept,
    // A CHECK of the store lets no other in.
    state: state as Upload['state'],
    ...{ bytes: Number(bytes), readBytes: Number(readBytes) },
    // As importUpload wrote it.
    summary: (summary ?? undefined) as UploadSummary | undefined,
    hasRejected: pieces.length > 0,
  };
}
