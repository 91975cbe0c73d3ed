import { inboundHooks } from '../../src/complaints/inbound-hooks';
import { newCallback } from '../../src/messaging/callback';
import { openSmsWording } from '../../src/messaging/compose';
import {
  takeInbound,
  type TakenInbound,
} from '../../src/messaging/take-inbound';
import { fixedClock, type FixedClock } from '../../src/runtime/clock';
import type { Database } from '../../src/runtime/database';
import { createLogger } from '../../src/runtime/logger';
import { packageRoot } from '../../src/runtime/package-root';
import { openTexts } from '../../src/text/texts';
import { smsStub } from './sms-stub';

/** What takes SMS in, with its clock and what it logged. */
export interface SmsHouse {
  clock: FixedClock;
  lines: string[];
  /** An SMS comes now, under an id of its own unless told. */
  comes(from: string, text: string, id?: string): Promise<TakenInbound>;
  /** A gateway's own word that somebody wants no more. */
  optsOut(msisdn: string): Promise<TakenInbound>;
}

export const smsHashKey = 'a hash key for tests, long enough to be one';

const wording = openSmsWording({
  texts: openTexts({ root: packageRoot }),
  shortCode: '*384*55#',
  allowUnreviewed: true,
});
const gateway = smsStub('kannel');

let serial = 0;

/** Thursday 12 March 2026, ten in the morning in Bamako. */
export function smsHouse(db: Database): SmsHouse {
  const lines: string[] = [];
  const clock = fixedClock('2026-03-12T10:00:00Z');
  const log = createLogger({
    level: 'debug',
    destination: { write: (line) => lines.push(line) },
  });
  const hooks = inboundHooks({ hashKey: smsHashKey, log });
  const taken = (fields: Record<string, string>) => {
    const text = new URLSearchParams(fields).toString();
    const request = { contentType: 'x', text, query: '' };
    const callback = newCallback({
      ...{ gateway: 'kannel', door: 'inbound', request },
      receivedAt: clock.now(),
    });
    const read = gateway.readInbound?.(request) ?? {
      ...{ kind: 'unreadable', reason: 'no door' },
    };
    return takeInbound({ db, clock, wording, hooks }, callback, read);
  };
  return {
    clock,
    lines,
    comes(from, text, id) {
      serial += 1;
      return taken({ id: id ?? `i${serial}`, from, text });
    },
    optsOut: (stop) => taken({ stop }),
  };
}
