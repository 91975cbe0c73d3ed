import type { SmsGateway } from '../channels/sms-contract';
import type { Database } from '../runtime/database';
import type { Log } from '../runtime/logger';
import type { Callback } from './callback';
import { recordDeliveries } from './record-delivery';
import type { Spool } from './spool';

/** What taking in what was put aside needs. */
export interface TakeInDeps {
  db: Database;
  spool: Spool;
  gateways: ReadonlyMap<string, SmsGateway>;
  /** Takes an SMS in as its door does. */
  takeInbound: (callback: Callback) => Promise<unknown>;
  log: Pick<Log, 'info' | 'error'>;
}

/**
 * Takes in what was put aside while the store was away, oldest first. A file goes when all of it is in the store; one
 * that was taken in and did not go changes nothing the second time. While the store is still away, it waits. What came
 * from a gateway that the service no longer has cannot be read: its file is set apart, for when it has it again.
 * @returns how many callbacks were taken in
 */
export async function takeInSpool(deps: TakeInDeps): Promise<number> {
  const { spool, log } = deps;
  let count = 0;
  for (const name of await spool.waiting()) {
    const callbacks = await spool.read(name);
    if (callbacks === 'gone') continue;
    if (callbacks === 'unread') {
      await spool.setApart(name);
      log.error('put aside under a secret that is not here', { kind: 'spool' });
      continue;
    }
    const done = await takeIn(deps, callbacks);
    if (done === 'away') break;
    if (done === 'refused') await spool.setApart(name);
    else await spool.remove(name);
    count += done === 'refused' ? 0 : callbacks.length;
  }
  if (count > 0) log.info('taken in from the spool', { count });
  return count;
}

async function takeIn(
  deps: TakeInDeps,
  callbacks: readonly Callback[],
): Promise<'done' | 'refused' | 'away'> {
  const known = callbacks.filter(({ gateway }) => deps.gateways.has(gateway));
  try {
    await recordDeliveries(
      deps.db,
      known.flatMap((callback) => {
        const gateway = deps.gateways.get(callback.gateway);
        return gateway === undefined || callback.door !== 'delivery'
          ? []
          : [{ callback, read: gateway.readDelivery(callback.request) }];
      }),
    );
    for (const callback of known) {
      if (callback.door === 'inbound') await deps.takeInbound(callback);
    }
    if (known.length === callbacks.length) return 'done';
    deps.log.error('put aside from a gateway that is not here', {
      kind: 'spool',
    });
    return 'refused';
  } catch (error) {
    if (await isAway(deps.db)) return 'away';
    // The store is there and refuses it: waiting would not help, and those behind it would wait too.
    deps.log.error('put aside and refused by the store', {
      kind: 'spool',
      error,
    });
    return 'refused';
  }
}

async function isAway({ pool }: Database): Promise<boolean> {
  return pool.query('select 1').then(
    () => false,
    () => true,
  );
}
