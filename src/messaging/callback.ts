import { randomUUID } from 'node:crypto';
import type { RawRequest } from '../channels/sms-contract';

/** At which door a gateway calls back. */
export type CallbackDoor = 'delivery' | 'inbound';

/** A gateway's word as it came. Its key is drawn once: however often it is taken in, it is kept once. */
export interface Callback {
  key: string;
  gateway: string;
  door: CallbackDoor;
  request: RawRequest;
  receivedAt: Date;
}

/** A callback that has just come. */
export function newCallback(come: Omit<Callback, 'key'>): Callback {
  return { key: randomUUID(), ...come };
}
