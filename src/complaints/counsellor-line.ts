import type { Clock } from '../runtime/clock';
import type { Database, Tx } from '../runtime/database';
import type { Log } from '../runtime/logger';
import { addDays } from '../text/dates';
import { filling } from './sealed-case';
import { sealText } from './seal-text';

/** Fewer readers than this, and the line is closed. */
export const readersNeeded = 2;

/** A reader is ready while she has opened the line in the last days. */
export const readyDays = 7;

/** The first day on which a reader must have been seen to be ready today. */
export function readySince(clock: Pick<Clock, 'today'>): Date {
  return new Date(addDays(clock.today(), -readyDays));
}

/** The public key of the line while it is open: two readers hold its private key and have looked lately. */
export async function openKey(
  tx: Pick<Tx, '$queryRaw'>,
  clock: Pick<Clock, 'today'>,
): Promise<Uint8Array | undefined> {
  const [found] = await tx.$queryRaw<{ publicKey: Uint8Array }[]>`
    select k.public_key as "publicKey" from sealed_keys k
    where (select count(*) from sealed_readers r
      where r.seen_on >= ${readySince(clock)}::date) >= ${readersNeeded}`;
  return found?.publicKey;
}

/** The line in the hands of one transaction. */
export interface SeizedLine {
  publicKey: Uint8Array;
  /** As for `openKey`. */
  isOpen: boolean;
}

/**
 * Lets nobody else write slots until the transaction ends. What is read after it
 * is what the one before left.
 * @returns undefined before the ceremony
 */
export async function seizeLine(
  tx: Pick<Tx, '$queryRaw'>,
  clock: Pick<Clock, 'today'>,
): Promise<SeizedLine | undefined> {
  const [line] = await tx.$queryRaw<SeizedLine[]>`
    select k.public_key as "publicKey",
      (select count(*) from sealed_readers r
        where r.seen_on >= ${readySince(clock)}::date) >= ${readersNeeded} as "isOpen",
      pg_advisory_xact_lock(hashtextextended('jigi sealed slots', 0))::text as held
    from sealed_keys k`;
  return line;
}

/** What whoever runs the service may know of the line: nothing of its cases. */
export interface LineState {
  hasKey: boolean;
  isOpen: boolean;
  /** The last day on which it is open if nobody reads any more; absent while too few have read at all. */
  opensUntil: string | undefined;
  readers: readonly {
    name: string;
    addedOn: string;
    seenOn: string | undefined;
    isReady: boolean;
  }[];
}

const dayOf = (date: Date): string => date.toISOString().slice(0, 10);

/** Tells how the line stands, asking the store afresh. */
export async function lineState(
  { prisma }: Pick<Database, 'prisma'>,
  clock: Pick<Clock, 'today'>,
): Promise<LineState> {
  const kept = await prisma.sealedReader.findMany({
    select: { name: true, addedOn: true, seenOn: true },
    orderBy: { id: 'asc' },
  });
  return {
    hasKey: (await prisma.sealedKey.count()) > 0,
    isOpen: (await openKey(prisma, clock)) !== undefined,
    opensUntil: opensUntil(kept.map(({ seenOn }) => seenOn)),
    readers: kept.map(({ name, addedOn, seenOn }) => ({
      name,
      addedOn: dayOf(addedOn),
      seenOn: seenOn === null ? undefined : dayOf(seenOn),
      isReady: seenOn !== null && seenOn >= readySince(clock),
    })),
  };
}

/** The last reading that is needed decides. */
function opensUntil(seen: readonly (Date | null)[]): string | undefined {
  const days = seen.flatMap((day) => (day === null ? [] : [dayOf(day)]));
  const last = days.sort().at(-readersNeeded);
  return last === undefined ? undefined : addDays(last, readyDays);
}

/** Whether a counsellor can be asked for. */
export interface CounsellorLine {
  isOpen(): Promise<boolean>;
}

const holdsMs = 55_000;

/**
 * Looks at most once a minute, when somebody reads the choices of whom to talk
 * to: no other screen costs a statement more. A line that cannot seal, or whose
 * store does not answer, is closed; that is told here, where no call is near.
 */
export function counsellorLine(deps: {
  db: Pick<Database, 'prisma'>;
  clock: Clock;
  log: Log;
}): CounsellorLine {
  const { db, clock, log } = deps;
  let looked: { atMs: number; open: Promise<boolean> } | undefined;
  const look = async (): Promise<boolean> => {
    try {
      const key = await openKey(db.prisma, clock);
      if (key === undefined) return false;
      await sealText(key, filling);
      return true;
    } catch (error) {
      log.error('counsellor line closed', { error });
      looked = undefined;
      return false;
    }
  };
  return {
    isOpen() {
      const atMs = clock.now().getTime();
      // A clock that was set back must not keep an old answer for hours.
      if (looked === undefined || Math.abs(atMs - looked.atMs) > holdsMs) {
        looked = { atMs, open: look() };
      }
      return looked.open;
    },
  };
}
