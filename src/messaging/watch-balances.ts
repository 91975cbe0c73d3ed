import type { SmsGateway } from '../channels/sms-contract';
import type { Database } from '../runtime/database';
import type { Log } from '../runtime/logger';
import { resumePaid } from './pause-gateway';
import { gatewayRows } from './queries';

/** What watching needs. */
export interface BalanceDeps {
  db: Database;
  log: Pick<Log, 'info' | 'warn'>;
  gateways: ReadonlyMap<string, SmsGateway>;
}

/** Lets gateways go on that stood still for want of money, when they tell of some again. @returns how many */
export async function watchBalances({
  db,
  log,
  gateways,
}: BalanceDeps): Promise<number> {
  let resumed = 0;
  for (const { gateway, pausedReason } of await gatewayRows(db)) {
    const asked = gateways.get(gateway);
    if (pausedReason !== 'noBalance' || asked?.balance === undefined) continue;
    try {
      const { amount } = await asked.balance();
      if (amount <= 0) continue;
      if (!(await resumePaid(db, gateway))) continue;
      log.info('sms gateway has balance again', { gateway });
      resumed += 1;
    } catch (error) {
      log.warn('sms balance not told', { gateway, error });
    }
  }
  return resumed;
}
