import { hash, verify } from '@node-rs/argon2';
import { turnstile } from './turnstile';

/** Hashes and checks passwords, off the main thread and few at a time. */
export interface Passwords {
  /** @returns argon2id in its own text form */
  hash(password: string): Promise<string>;
  /** Without a hash the work is the same, and the answer is no. */
  check(kept: string | undefined, password: string): Promise<boolean>;
}

/** argon2id, the least that OWASP's Password Storage Cheat Sheet advises. The package's own choice is argon2id. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Of a password that nobody has, at the same cost. */
const NOBODYS =
  '$argon2id$v=19$m=19456,t=2,p=1$MMfkF6r+ku+F62RZhLlRUw$XtB8EhC2OWI7Q8StgVYqaFx4GpFXEGso4RvMFeUEMb4';

/** Hashing takes a core and 19 MiB for some tens of milliseconds: callers must not wait for it. */
const TURNS = { atOnce: 2, mayWait: 40 } as const;

/** Makes the one queue of a process in which passwords are hashed. */
export function createPasswords(): Passwords {
  const inTurn = turnstile(TURNS);
  return {
    hash: (password) => inTurn(() => hash(password, COST)),
    check: (kept, password) =>
      inTurn(async () => {
        const isRight = await verify(kept ?? NOBODYS, password);
        return isRight && kept !== undefined;
      }),
  };
}
