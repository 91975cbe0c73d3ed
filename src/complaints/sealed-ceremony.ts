import type { Clock } from '../runtime/clock';
import { inTransaction } from '../runtime/database';
import type { Database, Tx } from '../runtime/database';
import { AppError } from '../runtime/errors';
import { recordAudit } from '../staff/audit';
import { knowReader, readerSubject } from './known-reader';
import type { Claim, KnownReader } from './known-reader';
import {
  checkPassphrase,
  guessCost,
  makeKeyPair,
  wrapKey,
} from './reader-keys';
import type { GuessCost, WrappedKey } from './reader-keys';
import { addSlots } from './sealed-slots';

/** What a ceremony works with. */
export interface CeremonyDeps {
  db: Database;
  clock: Clock;
  hashKey: string;
  /** What a guess costs; less in tests. */
  cost?: GuessCost;
  /** Who asked, for the audit of a wrong passphrase. */
  by?: string;
}

/** Two readers are two persons, with two names. @throws AppError `invalid` */
function checkTwo(first: Claim, second: Claim): void {
  if (first.name === second.name) {
    throw new AppError('invalid', 'Il faut deux personnes: donnez deux noms.');
  }
}

/** A second ceremony would leave the cases of the first to half of the readers. @throws AppError `conflict` */
export async function checkNoKey(db: Database): Promise<void> {
  if ((await db.prisma.sealedKey.count()) > 0) {
    throw new AppError(
      'conflict',
      'La ligne confidentielle a déjà sa clé. Pour une personne de plus: sealed add-reader.',
    );
  }
}

/**
 * Makes the key of the sealed line and wraps it for its first two readers; the
 * private key itself is kept nowhere.
 * @throws AppError `conflict` when there is a key, `invalid` for names or passphrases that cannot be
 */
export async function beginSealedLine(
  deps: CeremonyDeps,
  [first, second]: readonly [Claim, Claim],
): Promise<void> {
  const { db, clock, hashKey, cost = guessCost } = deps;
  checkTwo(first, second);
  await checkNoKey(db);
  const { publicKey, privateKey } = await makeKeyPair();
  const copies = [
    {
      name: first.name,
      ...(await wrapKey(privateKey, first.passphrase, cost)),
    },
    {
      name: second.name,
      ...(await wrapKey(privateKey, second.passphrase, cost)),
    },
  ];
  privateKey.fill(0);
  await inTransaction(
    db,
    async (tx) => {
      await keepFirstReaders(tx, copies, publicKey, new Date(clock.today()));
      await addSlots(tx, { publicKey, hashKey });
    },
    { timeoutMs: 20_000 },
  );
}

type Copy = WrappedKey & { name: string };

async function keepFirstReaders(
  tx: Tx,
  copies: readonly Copy[],
  publicKey: Uint8Array<ArrayBuffer>,
  today: Date,
): Promise<void> {
  await tx.sealedKey.create({ data: { id: 1, publicKey, madeOn: today } });
  for (const copy of copies) {
    const reader = await tx.sealedReader.create({
      data: { ...copy, addedBy: '', addedOn: today, seenOn: today },
    });
    await recordAudit(tx, {
      actor: 'cli',
      action: 'sealed.begun',
      subject: readerSubject(reader),
    });
  }
}

/**
 * Gives one more person the key of the line: two readers agree with their passphrases.
 * @throws AppError `forbidden` for a wrong passphrase, `conflict` for a name that is taken
 */
export async function addReader(
  deps: CeremonyDeps,
  added: Claim,
  [first, second]: readonly [Claim, Claim],
): Promise<void> {
  const { db, clock, cost = guessCost, by } = deps;
  checkTwo(first, second);
  checkPassphrase(added.passphrase);
  const { name } = added;
  if ((await db.prisma.sealedReader.count({ where: { name } })) > 0) {
    throw new AppError('conflict', `${name} lit déjà la ligne confidentielle.`);
  }
  const [one, other] = [
    await knowReader(db, first, by),
    await knowReader(db, second, by),
  ];
  const { privateKey } = one.pair;
  const copy = await wrapKey(privateKey, added.passphrase, cost);
  privateKey.fill(0);
  other.pair.privateKey.fill(0);
  await keepReader(db, { name, ...copy }, new Date(clock.today()), [
    one,
    other,
  ]);
}

async function keepReader(
  db: Database,
  copy: Copy,
  today: Date,
  [one, other]: readonly [KnownReader, KnownReader],
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const reader = await tx.sealedReader.create({
      data: { ...copy, addedBy: `${one.id} ${other.id}`, addedOn: today },
    });
    await recordAudit(tx, {
      actor: readerSubject(one),
      action: 'sealed.readerAdded',
      subject: readerSubject(reader),
      details: { with: readerSubject(other) },
    });
  });
}

/**
 * Takes a reader's copy of the key away, by the passphrase of another.
 * @throws AppError `forbidden` for a wrong passphrase, `conflict` when she takes herself away
 */
export async function removeReader(
  deps: Pick<CeremonyDeps, 'db'>,
  name: string,
  by: Claim,
): Promise<void> {
  const { db } = deps;
  if (by.name === name) {
    throw new AppError('conflict', "Une autre personne doit retirer l'accès.");
  }
  const reader = await db.prisma.sealedReader.findUnique({ where: { name } });
  if (reader === null) {
    throw new AppError(
      'notFound',
      `${name} ne lit pas la ligne confidentielle.`,
    );
  }
  const actor = await knowReader(db, by);
  actor.pair.privateKey.fill(0);
  await inTransaction(db, async (tx) => {
    await refuseLastTwo(tx);
    await tx.sealedReader.delete({ where: { id: reader.id } });
    await recordAudit(tx, {
      actor: readerSubject(actor),
      action: 'sealed.readerRemoved',
      subject: readerSubject(reader),
    });
  });
}

/** One alone could let nobody in any more: the line would be closed for good. */
async function refuseLastTwo(tx: Tx): Promise<void> {
  // Two who remove each other at once must not both find a third.
  await tx.$executeRaw`lock table sealed_readers in share row exclusive mode`;
  if ((await tx.sealedReader.count()) <= 2) {
    throw new AppError(
      'conflict',
      "Il ne resterait qu'une personne, et elle ne pourrait plus en ajouter. Ajoutez d'abord quelqu'un: sealed add-reader.",
    );
  }
}
