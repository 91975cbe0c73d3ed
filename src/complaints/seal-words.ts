import type { Clock } from '../runtime/clock';
import type { Tx } from '../runtime/database';
import { fold } from '../text/gsm7';
import { seizeLine } from './counsellor-line';
import { tokenOf } from './request-sealed-call';
import { caseOfWords, writeCase } from './sealed-case';
import { rewriteSlots } from './sealed-slots';
import { sealText } from './seal-text';

/** Words that came by SMS; `place` names the SMS, so that the same one coming twice is one case to its readers. */
export interface HeardWords {
  place: string;
  msisdn: string;
  text: string;
}

/**
 * Seals words as a call-back is sealed: slots change as they do without a case, and no row, time or number is kept beside it.
 * They are, whether callers see the line or not: she who wrote cannot be asked to write again.
 * @returns whether they are kept: nothing is, before the key ceremony
 */
export async function sealWords(
  deps: { tx: Tx; clock: Clock; hashKey: string },
  { place, msisdn, text }: HeardWords,
): Promise<boolean> {
  const { tx, clock, hashKey } = deps;
  const line = await seizeLine(tx, clock);
  if (line === undefined) return false;
  const { publicKey } = line;
  const phone = await tx.phone.findUnique({ where: { msisdn } });
  const kept = {
    token: tokenOf(hashKey, place),
    ...{ day: clock.today(), locale: phone?.locale ?? 'fr' },
    msisdn: fold(msisdn, 'ascii')
      .replace(/[^\x20-\x7e]/g, ' ')
      .slice(0, 20),
  };
  const sealed = await sealText(publicKey, writeCase(caseOfWords(kept, text)));
  await rewriteSlots(tx, { publicKey, hashKey }, sealed);
  return true;
}
