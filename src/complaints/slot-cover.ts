import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
} from 'node:crypto';

/** Puts a cover over what stands in a slot, and takes it off. */
export interface SlotCover {
  /** The same box under the same slot never looks the same twice. */
  lay(id: string, box: Uint8Array): Buffer;
  /** @returns undefined for what was altered, or covered under another hash key or for another slot */
  lift(id: string, body: Uint8Array): Uint8Array | undefined;
}

/** Of a sealed box, whatever it says: 256 characters of text and 48 bytes of libsodium's. */
const boxBytes = 304;

const cipherName = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/**
 * A sealed box cannot be written anew without its private key: two copies of the
 * store would tell the slot that was filled between them by its being the only
 * one that changed. Under a cover made of the hash key every slot can change its
 * looks as often as one likes. It adds nothing to the secrecy of the case.
 */
export function slotCover(hashKey: string): SlotCover {
  const master = Buffer.from(
    hkdfSync('sha256', hashKey, '', 'jigi slot cover', 32),
  );
  const keyOf = (id: string): Buffer =>
    createHmac('sha256', master).update(id).digest();
  return {
    lay(id, box) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv(cipherName, keyOf(id), nonce);
      const hidden = Buffer.concat([cipher.update(box), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), hidden]);
    },
    lift(id, body) {
      // Slots of before there were covers, until they are next written anew.
      if (body.length === boxBytes) return body;
      return lifted(keyOf(id), body);
    },
  };
}

function lifted(key: Buffer, body: Uint8Array): Uint8Array | undefined {
  if (body.length !== nonceBytes + tagBytes + boxBytes) return undefined;
  const hiddenAt = nonceBytes + tagBytes;
  const decipher = createDecipheriv(
    cipherName,
    key,
    body.subarray(0, nonceBytes),
  );
  decipher.setAuthTag(body.subarray(nonceBytes, hiddenAt));
  try {
    return Buffer.concat([
      decipher.update(body.subarray(hiddenAt)),
      decipher.final(),
    ]);
  } catch {
    return undefined;
  }
}
