import type { UssdEnd } from '../channels/contract';
import { keyedHash } from '../runtime/keyed-hash';
import type { UssdHouse } from './ussd-house';

const hourMs = 3_600_000;

/** The hour: a minute would tell beside which other row this call was. */
function hourOf(now: Date): Date {
  return new Date(Math.floor(now.getTime() / hourMs) * hourMs);
}

/** Keeps how a call ended, once; what was typed and shown in it is not looked at. */
export async function noteEnd(
  house: Pick<UssdHouse, 'db' | 'clock' | 'hashKey'>,
  gateway: string,
  end: UssdEnd,
): Promise<void> {
  await house.db.prisma.callEnd.createMany({
    data: [
      {
        sessionKey: keyedHash(
          house.hashKey,
          'call end',
          `${gateway}\0${end.sessionId}`,
        ),
        gateway,
        status: end.status,
        durationMs: end.durationMs ?? null,
        hops: end.hops ?? null,
        endedAt: hourOf(house.clock.now()),
      },
    ],
    skipDuplicates: true,
  });
}
