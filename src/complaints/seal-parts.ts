import type { Clock } from '../runtime/clock';
import type { Tx } from '../runtime/database';
import { AppError } from '../runtime/errors';
import { fold } from '../text/gsm7';
import { seizeLine } from './counsellor-line';
import { tokenOf } from './request-sealed-call';
import { caseOfWords, writeCase } from './sealed-case';
import { rewriteSlots } from './sealed-slots';
import { sealText } from './seal-text';

/** Words to be sealed; `place` names where they come from, so that the same ones sealed twice are known as one. */
export interface SealedStory {
  place: string;
  /** Where the person may be reached, if it is known. */
  msisdn: string | undefined;
  locale: string;
  text: string;
}

/**
 * Seals a story of any length, whole, in as many slots as it needs, whether callers see the line or not: whoever holds the
 * private key reads it when she next looks.
 * @returns whether it is kept: nothing is, before the key ceremony
 */
export async function sealParts(
  deps: { tx: Tx; clock: Clock; hashKey: string },
  { place, msisdn = '', locale, text }: SealedStory,
): Promise<boolean> {
  const { tx, clock, hashKey } = deps;
  const line = await seizeLine(tx, clock);
  if (line === undefined) return false;
  const { publicKey } = line;
  let rest = plain(text);
  for (let part = 1; rest !== '' || part === 1; part += 1) {
    const kept = {
      token: tokenOf(hashKey, `${place} ${part}`),
      ...{ day: clock.today(), locale, msisdn: msisdn.slice(0, 20) },
    };
    const head = `${part}) `;
    const one = caseOfWords(kept, head + rest);
    const written = one.words.length - head.length;
    // Whoever asked destroys the clear text next.
    if (written < 1 && rest !== '')
      throw new AppError('bug', 'a part of a sealed story holds nothing of it');
    rest = rest.slice(Math.max(0, written)).trimStart();
    await rewriteSlots(
      tx,
      { publicKey, hashKey },
      await sealText(publicKey, writeCase(one)),
    );
  }
  return true;
}

function plain(text: string): string {
  return fold(text, 'ascii')
    .replace(/[^\x20-\x7e]+/g, ' ')
    .trim();
}
