import type { Simulator } from '../channels/simulator-sms';
import { newCallback } from '../messaging/callback';
import type { Clock } from '../runtime/clock';
import type { Log } from '../runtime/logger';
import type { SmsDesk } from './sms-desk';

/** Takes in the simulator's delivery reports, which come through no network: as if they had come to their door. */
export function hearSimulator(
  { take }: Pick<SmsDesk, 'take'>,
  simulator: Simulator,
  { clock, log }: { clock: Clock; log: Pick<Log, 'error'> },
): void {
  simulator.onReport((request) => {
    const callback = newCallback({
      ...{ gateway: simulator.name, door: 'delivery', request },
      receivedAt: clock.now(),
    });
    take
      .delivery(callback, simulator.readDelivery(request))
      .catch((error: unknown) => {
        log.error('simulated report not kept', { error });
      });
  });
}
