import { inTransaction } from '../runtime/database';
import type { Database } from '../runtime/database';
import { AppError } from '../runtime/errors';
import { recordAudit } from '../staff/audit';
import { unwrapKey } from './reader-keys';
import type { KeyPair } from './reader-keys';

/** What a reader says of herself. */
export interface Claim {
  name: string;
  passphrase: string;
}

/** A reader who has proved herself, with the key of the line in her hands. */
export interface KnownReader {
  id: number;
  name: string;
  pair: KeyPair;
}

/**
 * Lets a reader in by her passphrase. A wrong one is recorded.
 * @param by who asked, for the audit
 * @throws AppError `notFound`, `forbidden`, or `conflict` when the public key in the store is not hers
 */
export async function knowReader(
  db: Database,
  { name, passphrase }: Claim,
  by = 'cli',
): Promise<KnownReader> {
  const reader = await db.prisma.sealedReader.findUnique({ where: { name } });
  if (reader === null) {
    throw new AppError(
      'notFound',
      `${name} ne lit pas la ligne confidentielle.`,
    );
  }
  const pair = await unwrapKey(reader, passphrase);
  if (pair === undefined) {
    await inTransaction(db, (tx) =>
      recordAudit(tx, {
        actor: by,
        action: 'sealed.refused',
        subject: `reader:${reader.id}`,
      }),
    );
    throw new AppError(
      'forbidden',
      `Ce n'est pas la phrase de passe de ${name}.`,
    );
  }
  await checkPublicKey(db, pair);
  return { id: reader.id, name, pair };
}

/**
 * Whoever put another public key into the store would read every case from then on.
 * @throws AppError `conflict`
 */
export async function checkPublicKey(
  db: Database,
  pair: KeyPair,
): Promise<void> {
  const kept = await db.prisma.sealedKey.findUnique({ where: { id: 1 } });
  if (kept === null || !Buffer.from(kept.publicKey).equals(pair.publicKey)) {
    throw new AppError(
      'conflict',
      "La clé publique de la base n'est pas celle de la ligne: quelqu'un l'a remplacée. Arrêtez le service et prévenez l'audit.",
    );
  }
}

/** The audit's word for a reader: her number, never her name. */
export const readerSubject = ({ id }: { id: number }): string => `reader:${id}`;
