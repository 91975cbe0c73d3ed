import { inTransaction, type Tx } from '../runtime/database';
import { keyedHash } from '../runtime/keyed-hash';
import { subscriberOf } from './staff-address';
import type { StaffDesk } from './staff-desk';

/** Who tries what, from where. */
export interface SignInAttempt {
  kind: 'password' | 'code';
  login: string;
  address: string;
}

/** A try that may go on, or how long to wait. */
export type Pace =
  { kind: 'go'; tryId: number } | { kind: 'wait'; seconds: number };

/** How many wrong tries are free in an hour, and how the wait then doubles, up to a longest. */
interface Slope {
  free: number;
  firstSeconds: number;
  longestSeconds: number;
}

const ACCOUNT: Slope = { free: 5, firstSeconds: 5, longestSeconds: 300 };
/** An office has one address for everybody who works there. */
const ADDRESS: Slope = { free: 30, firstSeconds: 2, longestSeconds: 60 };

const WINDOW_MS = 3_600_000;
const KNOWN_FOR_MS = 30 * 24 * WINDOW_MS;

/** Wrong tries of the last hour, and when the last of them was. */
interface Tries {
  n: number;
  last: Date | null;
}

/**
 * Counts a try before it is judged, so that a thousand at once are a thousand. Nobody is locked out for ever: tries that are
 * told to wait are not counted, and from an address where the owner has signed in before, only tries from there count.
 */
export function paceSignIn(
  desk: StaffDesk,
  attempt: SignInAttempt,
): Promise<Pace> {
  const { loginKey, addressKey } = keysOf(desk, attempt);
  const now = desk.clock.now();
  return inTransaction(desk.db, async (tx) => {
    // Always in this order: the address first.
    for (const key of [addressKey, loginKey])
      await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`;
    const isKnown = await isKnownAddress(tx, desk, attempt.login, addressKey);
    const byAccount = await triesOf(tx, now, {
      ...{ kind: attempt.kind, loginKey },
      ...(isKnown && { addressKey }),
    });
    const byAddress = isKnown
      ? { n: 0, last: null }
      : await triesOf(tx, now, { addressKey });
    const seconds = Math.max(
      waitAfter(ACCOUNT, byAccount, now),
      waitAfter(ADDRESS, byAddress, now),
    );
    if (seconds > 0) return { kind: 'wait', seconds };
    const { id } = await tx.staffSignInTry.create({
      data: { kind: attempt.kind, loginKey, addressKey, triedAt: now },
      select: { id: true },
    });
    return { kind: 'go', tryId: id };
  });
}

/** A right password or code: what was tried wrongly at this account counts no more. */
export async function forgiveTries(
  tx: Tx,
  desk: StaffDesk,
  attempt: SignInAttempt,
): Promise<void> {
  const { loginKey } = keysOf(desk, attempt);
  await tx.staffSignInTry.deleteMany({
    where: { kind: attempt.kind, loginKey },
  });
}

/** The keyed hash of an address, as sessions and tries keep it. */
export function addressKeyOf({ hashKey }: StaffDesk, address: string): string {
  return keyedHash(hashKey, 'staff address', subscriberOf(address));
}

function keysOf(
  desk: StaffDesk,
  { login, address }: Pick<SignInAttempt, 'login' | 'address'>,
) {
  return {
    loginKey: keyedHash(desk.hashKey, 'staff login', login),
    addressKey: addressKeyOf(desk, address),
  };
}

async function isKnownAddress(
  tx: Tx,
  { clock }: StaffDesk,
  login: string,
  addressKey: string,
): Promise<boolean> {
  const since = new Date(clock.now().getTime() - KNOWN_FOR_MS);
  const found = await tx.staffSession.findFirst({
    where: {
      ...{ addressKey, stage: 'full', startedAt: { gte: since } },
      account: { login },
    },
    select: { id: true },
  });
  return found !== null;
}

async function triesOf(
  tx: Tx,
  now: Date,
  where: { kind?: string; loginKey?: string; addressKey?: string },
): Promise<Tries> {
  const since = new Date(now.getTime() - WINDOW_MS);
  const { _count, _max } = await tx.staffSignInTry.aggregate({
    where: { ...where, triedAt: { gt: since } },
    ...{ _count: true, _max: { triedAt: true } },
  });
  return { n: _count, last: _max.triedAt };
}

function waitAfter(
  { free, firstSeconds, longestSeconds }: Slope,
  { n, last }: Tries,
  now: Date,
): number {
  if (n < free || last === null) return 0;
  const wait = Math.min(firstSeconds * 2 ** (n - free), longestSeconds);
  const over = (now.getTime() - last.getTime()) / 1000;
  return Math.max(0, Math.ceil(wait - over));
}
