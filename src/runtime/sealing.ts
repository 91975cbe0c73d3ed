import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomFillSync,
  type KeyObject,
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
  /** Keys of the contexts met last, oldest first: a call comes back within seconds. */
  contexts: Map<string, KeyObject>;
}

const KEPT_CONTEXTS = 2000;

function deriveKey(secret: string): SealingKey {
  const derive = (purpose: string, length: number) =>
    Buffer.from(hkdfSync('sha256', secret, '', `jigi ${purpose}`, length));
  return {
    id: derive('sealing id', ID_BYTES),
    master: derive('sealing key', 32),
    contexts: new Map(),
  };
}

/** Each context has a key of its own: random IVs under one key would meet after some billions of turns. */
function keyFor(key: SealingKey, context: string): KeyObject {
  const known = key.contexts.get(context);
  if (known !== undefined) return known;
  const made = createSecretKey(
    createHmac('sha256', key.master).update(context).digest(),
  );
  key.contexts.set(context, made);
  if (key.contexts.size > KEPT_CONTEXTS) {
    for (const oldest of key.contexts.keys()) {
      key.contexts.delete(oldest);
      break;
    }
  }
  return made;
}

/** Random bytes are drawn many at a time: a draw costs as much for twelve bytes as for some thousands. */
const drawn = Buffer.alloc(IV_BYTES * 256);
let unused = 0;

function nextIv(): Buffer {
  if (unused === 0) {
    randomFillSync(drawn);
    unused = drawn.length;
  }
  unused -= IV_BYTES;
  return drawn.subarray(unused, unused + IV_BYTES);
}

function encrypt(key: SealingKey, context: string, text: string): string {
  const iv = nextIv();
  const cipher = createCipheriv(CIPHER, keyFor(key, context), iv);
  const body = cipher.update(text, 'utf8');
  cipher.final(); // GCM keeps nothing back for its end
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
    const body = decipher.update(bytes.subarray(bodyAt));
    decipher.final(); // throws, and gives no more bytes
    return body.toString('utf8');
  } catch {
    return undefined; // altered, or sealed for another context
  }
}
