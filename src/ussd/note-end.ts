import type { UssdEnd } from '../channels/contract';
import { keyedHash } from '../runtime/keyed-hash';
import type { UssdHouse } from './ussd-house';

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
        endedAt: house.clock.now(),
      },
    ],
    skipDuplicates: true,
  });
}
