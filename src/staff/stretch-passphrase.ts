import { hashRaw } from '@node-rs/argon2';

/** What a guess at a passphrase costs. */
export interface StretchCost {
  /** argon2id's rounds. */
  opsLimit: number;
  memoryKib: number;
}

/**
 * Makes a key of 32 bytes of a passphrase: argon2id with one lane, as libsodium's `crypto_pwhash` does. It works on a
 * thread of its own, and gives its memory back: those who call meanwhile are answered.
 */
export async function stretchPassphrase(
  passphrase: string,
  salt: Uint8Array,
  { opsLimit, memoryKib }: StretchCost,
): Promise<Uint8Array> {
  return hashRaw(passphrase, {
    // The package's own choice is argon2id in its version 1.3.
    ...{ salt, outputLen: 32 },
    ...{ timeCost: opsLimit, memoryCost: memoryKib, parallelism: 1 },
  });
}
