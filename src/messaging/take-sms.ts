import type { InboundSms, OptOut, ReadSms } from '../channels/sms-contract';
import type { Callback } from './callback';
import { type InboundDeps, takeInbound } from './take-inbound';
import type { TakeDeps } from './take-reports';

/**
 * Takes SMS in at their door; while the store is away they are put aside. Done once an SMS is safe, in one place or the
 * other.
 */
export function takeSms(
  deps: TakeDeps & InboundDeps,
): (callback: Callback, read: ReadSms<InboundSms | OptOut>) => Promise<void> {
  const { spool, log, metrics } = deps;
  return async (callback, read) => {
    try {
      const { meaning, isSealed } = await takeInbound(deps, callback, read);
      if (meaning === undefined || isSealed === true) return;
      const { gateway } = callback;
      metrics.add('jigi_sms_inbound_total', { gateway, meaning });
    } catch (error) {
      await spool.put([callback]);
      log.warn('sms put aside', { count: 1, error });
    }
  };
}
