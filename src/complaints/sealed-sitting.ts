import { randomBytes } from 'node:crypto';
import type { Clock } from '../runtime/clock';
import { inTransaction, type Database } from '../runtime/database';
import { createSealing } from '../runtime/sealing';
import { recordAudit } from '../staff/audit';
import { checkPublicKey, knowReader, readerSubject } from './known-reader';
import type { Claim, KnownReader } from './known-reader';
import { pairOf } from './reader-keys';

/** What sittings work with. */
export interface SittingDeps {
  db: Database;
  /** The real time. */
  clock: Pick<Clock, 'now'>;
}

/** The session of the console in which somebody reads, and whose it is. */
export interface SittingPlace {
  sessionId: number;
  accountId: number;
}

/** How long a sitting lives without being used, and how long at most. */
const IDLE_MS = 10 * 60_000;
const LONGEST_MS = 60 * 60_000;

/** The reader that an account is; undefined before she has said her passphrase in the console once. */
export function readerOfAccount(
  { prisma }: Pick<Database, 'prisma'>,
  accountId: number,
): Promise<{ id: number; name: string } | null> {
  return prisma.sealedReader.findUnique({
    where: { accountId },
    select: { id: true, name: true },
  });
}

/** Readers who have no account yet, by name. */
export function readersWithoutAccount({
  prisma,
}: Pick<Database, 'prisma'>): Promise<{ name: string }[]> {
  return prisma.sealedReader.findMany({
    ...{ where: { accountId: null }, select: { name: true } },
    orderBy: { name: 'asc' },
  });
}

/**
 * Opens the line for one session: the store keeps the private key encrypted under a key that it does not have, the browser
 * keeps that key, and neither opens anything alone. Any process can go on with it. The first time ties the reader to the account.
 * @returns the browser's key
 * @throws AppError as `knowReader`
 */
export async function beginSitting(
  { db, clock }: SittingDeps,
  { sessionId, accountId }: SittingPlace,
  claim: Claim,
): Promise<string> {
  const reader = await knowReader(db, claim, `officer:${accountId}`);
  const key = randomBytes(32).toString('base64url');
  const { privateKey } = reader.pair;
  const box = createSealing([key]).encrypt(
    `sitting ${sessionId}`,
    Buffer.from(privateKey).toString('base64url'),
  );
  privateKey.fill(0);
  const now = clock.now();
  const kept = { readerId: reader.id, box, begunAt: now, seenAt: now };
  await inTransaction(db, async (tx) => {
    const tied = await tx.sealedReader.updateMany({
      where: { id: reader.id, accountId: null },
      data: { accountId },
    });
    if (tied.count > 0)
      await recordAudit(tx, {
        ...{ actor: `officer:${accountId}`, action: 'sealed.readerTied' },
        subject: readerSubject(reader),
      });
    await tx.sealedSitting.upsert({
      ...{ where: { sessionId }, create: { sessionId, ...kept }, update: kept },
    });
  });
  return key;
}

/**
 * The reader of a sitting that is still open; undefined for another account's, for one that has rested too long, or for a
 * key of another. Whoever gets her must fill her private key with zeros when done.
 * @throws AppError `conflict` when the public key in the store is not hers
 */
export async function sittingReader(
  { db, clock }: SittingDeps,
  { sessionId, accountId }: SittingPlace,
  key: string | undefined,
): Promise<KnownReader | undefined> {
  if (key === undefined) return undefined;
  const now = clock.now();
  const kept = await db.prisma.sealedSitting.findUnique({
    where: {
      ...{ sessionId, reader: { accountId } },
      seenAt: { gt: new Date(now.getTime() - IDLE_MS) },
      begunAt: { gt: new Date(now.getTime() - LONGEST_MS) },
    },
    include: { reader: { select: { id: true, name: true } } },
  });
  const opened =
    kept && createSealing([key]).decrypt(`sitting ${sessionId}`, kept.box);
  if (!kept || typeof opened !== 'string') return undefined;
  const pair = await pairOf(Uint8Array.from(Buffer.from(opened, 'base64url')));
  await checkPublicKey(db, pair);
  await db.prisma.sealedSitting.updateMany({
    ...{ where: { sessionId }, data: { seenAt: now } },
  });
  return { ...kept.reader, pair };
}

/** Ends the sitting of a session: what the browser still holds opens nothing. */
export async function endSitting(
  { db }: Pick<SittingDeps, 'db'>,
  sessionId: number,
): Promise<void> {
  await db.prisma.sealedSitting.deleteMany({ where: { sessionId } });
}
