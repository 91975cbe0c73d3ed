import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
} from 'node:crypto';
import { AppError } from './errors';

/** Encrypts small values that leave the process, such as a USSD session kept in Redis. */
export interface Sealing {
  /** `context` names what the value belongs to, such as its key: it opens nowhere else. */
  encrypt(context: string, text: string): string;
  /** @returns undefined for a value of another context, an unknown secret, or one that was altered. */
  decrypt(context: string, sealed: string): string | undefined;
}

const CIPHER = 'aes-256-gcm';
const ID_BYTES = 4;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Makes a sealing from several secrets: the first encrypts, all decrypt, so that a secret can be changed in service. */
export function createSealing(secrets: readonly string[]): Sealing {
  const keys = secrets.map(deriveKey);
  const [writing] = keys;
  if (writing === undefined)
    throw new AppError('bug', 'sealing needs at least one secret');
  return {
    encrypt: (context, text) => encrypt(writing, context, text),
    decrypt: (context, sealed) => decrypt(keys, context, sealed),
  };
}

/** `id` tells which secret sealed a value without revealing it. */
interface SealingKey {
  id: Buffer;
  master: Buffer;
}

function deriveKey(secret: string): SealingKey {
  const derive = (purpose: string, length: number) =>
    Buffer.from(hkdfSync('sha256', secret, '', `jigi ${purpose}`, length));
  return {
    id: derive('sealing id', ID_BYTES),
    master: derive('sealing key', 32),
  };
}

/** Each context has a key of its own: random IVs under one key would meet after some billions of turns. */
function keyFor(key: SealingKey, context: string): Buffer {
  return createHmac('sha256', key.master).update(context).digest();
}

function encrypt(key: SealingKey, context: string, text: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, keyFor(key, context), iv);
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([key.id, iv, cipher.getAuthTag(), body]).toString(
    'base64url',
  );
}

function decrypt(
  keys: readonly SealingKey[],
  context: string,
  sealed: string,
): string | undefined {
  const bytes = Buffer.from(sealed, 'base64url');
  const bodyAt = ID_BYTES + IV_BYTES + TAG_BYTES;
  const id = bytes.subarray(0, ID_BYTES);
  const key = keys.find((candidate) => candidate.id.equals(id));
  if (key === undefined || bytes.length < bodyAt) return undefined;
  const iv = bytes.subarray(ID_BYTES, ID_BYTES + IV_BYTES);
  const decipher = createDecipheriv(CIPHER, keyFor(key, context), iv);
  decipher.setAuthTag(bytes.subarray(ID_BYTES + IV_BYTES, bodyAt));
  try {
    return (
      decipher.update(bytes.subarray(bodyAt), undefined, 'utf8') +
      decipher.final('utf8')
    );
  } catch {
    return undefined; // altered, or sealed for another context
  }
}
