import { randomBytes } from 'node:crypto';
import type { Clock } from '../runtime/clock';
import type { Tx } from '../runtime/database';
import { keyedHash } from '../runtime/keyed-hash';
import { addDays } from '../text/dates';
import type { IsoDay } from '../text/dates';

/** Nameless complaints that one number may file in a week, and as many thanks. */
export const namelessPerWeek = 5;

/** What counting needs. */
interface CountDeps {
  tx: Tx;
  clock: Clock;
  hashKey: string;
}

/**
 * Counts a nameless complaint against the limit of its number, in the caller's
 * transaction. Kept is a count beside sixteen bits of a keyed hash, which more
 * than a thousand numbers share; its key is the week's own, and leaves the store
 * after thirty days.
 * @param of what is counted: thanks hold back no complaint
 * @returns false when the week's number is spent: nothing is counted then
 */
export async function spendNameless(
  deps: CountDeps,
  msisdn: string,
  of: 'complaints' | 'thanks' = 'complaints',
): Promise<boolean> {
  const { tx, clock, hashKey } = deps;
  const week = mondayOf(clock.today());
  const salt = await saltOf(tx, week);
  const bucket = Buffer.from(
    keyedHash(
      hashKey,
      `nameless ${salt}`,
      of === 'thanks' ? `thanks ${msisdn}` : msisdn,
    ),
    'base64url',
  ).readUInt16BE();
  const counted = await tx.$executeRaw`
    insert into nameless_limits (week, bucket, filed) values (${week}::date, ${bucket}, 1)
    on conflict (week, bucket) do update set filed = nameless_limits.filed + 1
      where nameless_limits.filed < ${namelessPerWeek}`;
  return counted === 1;
}

/** Made by the first nameless complaint of a week. */
async function saltOf(tx: Tx, monday: IsoDay): Promise<string> {
  const week = new Date(monday);
  const known = await tx.namelessKey.findUnique({ where: { week } });
  if (known !== null) return known.salt;
  const salt = randomBytes(32).toString('base64url');
  // Another call may be making it: theirs is taken then.
  await tx.namelessKey.createMany({
    data: [{ week, salt }],
    skipDuplicates: true,
  });
  const made = await tx.namelessKey.findUniqueOrThrow({ where: { week } });
  return made.salt;
}

function mondayOf(day: IsoDay): IsoDay {
  const weekday = new Date(day).getUTCDay();
  return addDays(day, -((weekday + 6) % 7));
}
