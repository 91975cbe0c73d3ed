import type { Clock } from '../runtime/clock';
import type { Database } from '../runtime/database';
import { createSealing, type Sealing } from '../runtime/sealing';
import { createPasswords, type Passwords } from './passwords';
import { type Turnstile, turnstile } from './turnstile';

/** What accounts and their sessions are handled with. */
export interface StaffDesk {
  db: Database;
  /** The real time: neither codes nor sessions follow a demo that looks ahead. */
  clock: Clock;
  hashKey: string;
  passwords: Passwords;
  /** Seals the secrets of second factors. By HASH_KEY, for those of sessions are changed in service. */
  sealing: Sealing;
  /** Through which everybody goes who is not signed in. */
  inTurn: Turnstile;
  /** Whether invented accounts may sign in. */
  demo: boolean;
}

/** Lays out a desk. */
export function staffDesk(
  parts: Pick<StaffDesk, 'db' | 'clock' | 'hashKey' | 'demo'>,
): StaffDesk {
  return {
    ...parts,
    passwords: createPasswords(),
    inTurn: turnstile({ atOnce: 4, mayWait: 60 }),
    sealing: createSealing([parts.hashKey]),
  };
}
