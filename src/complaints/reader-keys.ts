import { AppError } from '../runtime/errors';
import { stretchPassphrase } from '../staff/stretch-passphrase';

/** The two halves of the line's key. */
export interface KeyPair {
  publicKey: Uint8Array<ArrayBuffer>;
  privateKey: Uint8Array<ArrayBuffer>;
}

/** The private key as one reader's passphrase keeps it. */
export interface WrappedKey {
  wrappedKey: Uint8Array<ArrayBuffer>;
  salt: Uint8Array<ArrayBuffer>;
  opsLimit: number;
  memoryKib: number;
}

/** As argon2id takes it. */
const saltBytes = 16;

/** What a guess at a passphrase costs. */
export type GuessCost = Pick<WrappedKey, 'opsLimit' | 'memoryKib'>;

/** About a second of one core, and memory that does not come cheap to whoever guesses by the million. */
export const guessCost: GuessCost = { opsLimit: 3, memoryKib: 128 * 1024 };

/** Shorter passphrases are refused, in characters. */
export const leastPassphrase = 12;

/** Loaded by the first who needs it: a process that seals nothing and reads nothing does not carry it. */
async function loadSodium() {
  const { default: sodium } = await import('libsodium-wrappers');
  await sodium.ready;
  return sodium;
}

/** An accent may be typed as one sign or as two. */
const normal = (passphrase: string): string => passphrase.normalize('NFKC');

/** @throws AppError `invalid` for a passphrase that is too short */
export function checkPassphrase(passphrase: string): void {
  if (Array.from(normal(passphrase)).length < leastPassphrase) {
    throw new AppError(
      'invalid',
      `La phrase de passe doit avoir au moins ${leastPassphrase} caractères.`,
    );
  }
}

/** Makes the key of the line. */
export async function makeKeyPair(): Promise<KeyPair> {
  const sodium = await loadSodium();
  const { publicKey, privateKey } = sodium.crypto_box_keypair();
  return {
    publicKey: Uint8Array.from(publicKey),
    privateKey: Uint8Array.from(privateKey),
  };
}

function wrappingKey(
  passphrase: string,
  { salt, ...cost }: Omit<WrappedKey, 'wrappedKey'>,
): Promise<Uint8Array> {
  return stretchPassphrase(normal(passphrase), salt, cost);
}

/** Wraps the private key for a reader: argon2id of her passphrase, then libsodium's secretbox. */
export async function wrapKey(
  privateKey: Uint8Array,
  passphrase: string,
  cost: GuessCost = guessCost,
): Promise<WrappedKey> {
  checkPassphrase(passphrase);
  const sodium = await loadSodium();
  const salt = Uint8Array.from(sodium.randombytes_buf(saltBytes));
  const nonce = sodium.randombytes_buf(sodium.crypto_secretbox_NONCEBYTES);
  const key = await wrappingKey(passphrase, { salt, ...cost });
  const box = sodium.crypto_secretbox_easy(privateKey, nonce, key);
  sodium.memzero(key);
  const { opsLimit, memoryKib } = cost;
  return {
    ...{ salt, opsLimit, memoryKib },
    wrappedKey: Uint8Array.from([...nonce, ...box]),
  };
}

/** Opens a reader's copy of the private key. @returns undefined for a wrong passphrase */
export async function unwrapKey(
  wrapped: WrappedKey,
  passphrase: string,
): Promise<KeyPair | undefined> {
  const sodium = await loadSodium();
  const key = await wrappingKey(passphrase, wrapped);
  const nonceBytes = sodium.crypto_secretbox_NONCEBYTES;
  try {
    const privateKey = Uint8Array.from(
      sodium.crypto_secretbox_open_easy(
        wrapped.wrappedKey.subarray(nonceBytes),
        wrapped.wrappedKey.subarray(0, nonceBytes),
        key,
      ),
    );
    return await pairOf(privateKey);
  } catch {
    // libsodium says no more than that the box does not open under this key.
    return undefined;
  } finally {
    sodium.memzero(key);
  }
}

/** Both halves of the key, of the one that nobody else has. */
export async function pairOf(
  privateKey: Uint8Array<ArrayBuffer>,
): Promise<KeyPair> {
  const sodium = await loadSodium();
  const publicKey = Uint8Array.from(sodium.crypto_scalarmult_base(privateKey));
  return { publicKey, privateKey };
}

/** Opens what sealText sealed. @returns undefined for what was not sealed for this key */
export async function openText(
  { publicKey, privateKey }: KeyPair,
  body: Uint8Array,
): Promise<string | undefined> {
  const sodium = await loadSodium();
  try {
    const text = sodium.crypto_box_seal_open(body, publicKey, privateKey);
    return Buffer.from(text).toString('utf8');
  } catch {
    // As above: altered, or of another key.
    return undefined;
  }
}
