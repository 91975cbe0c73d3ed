import type { SmsGateway } from '../channels/sms-contract';
import { inboundHooks } from '../complaints/inbound-hooks';
import type { Callback } from '../messaging/callback';
import type { SmsWording } from '../messaging/compose';
import type { Spool } from '../messaging/spool';
import { takeInbound } from '../messaging/take-inbound';
import { takeInSpool } from '../messaging/take-in-spool';
import { takeReports } from '../messaging/take-reports';
import { takeSms } from '../messaging/take-sms';
import type { Clock } from '../runtime/clock';
import type { Database } from '../runtime/database';
import type { Log } from '../runtime/logger';
import type { Metrics } from '../runtime/metrics';
import type { CallbackTakers } from './sms';

/** What takes in what gateways tell of SMS. */
export interface SmsDesk {
  gateways: ReadonlyMap<string, SmsGateway>;
  take: CallbackTakers;
  /** Takes in what was put aside while the store was away. @returns how many callbacks */
  takeInSpool(): Promise<number>;
}

/** What the desk is made of. */
export interface SmsDeskParts {
  gateways: ReadonlyMap<string, SmsGateway>;
  db: Database;
  clock: Clock;
  log: Log;
  metrics: Pick<Metrics, 'add'>;
  spool: Spool;
  wording: SmsWording;
  hashKey: string;
}

/** Puts the desk together. */
export function openSmsDesk(parts: SmsDeskParts): SmsDesk {
  const { gateways, hashKey, log } = parts;
  const deps = { ...parts, hooks: inboundHooks({ hashKey, log }) };
  const takeAgain = async (callback: Callback): Promise<void> => {
    const read = gateways
      .get(callback.gateway)
      ?.readInbound?.(callback.request);
    if (read !== undefined) await takeInbound(deps, callback, read);
  };
  return {
    gateways,
    take: { delivery: takeReports(deps), inbound: takeSms(deps) },
    takeInSpool: () => takeInSpool({ ...deps, takeInbound: takeAgain }),
  };
}
