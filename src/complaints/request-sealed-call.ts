import type { Clock } from '../runtime/clock';
import type { Tx } from '../runtime/database';
import { keyedHash } from '../runtime/keyed-hash';
import { seizeLine } from './counsellor-line';
import { promisedDay } from './request-callback';
import type { PromisedCall, WantedCall } from './request-callback';
import { sealText } from './seal-text';
import { writeCase } from './sealed-case';
import { rewriteSlots } from './sealed-slots';

const tokenBytes = 8;

/** Names a case to its readers, who type it: digits and a to f, no sign that a command line would take for an option. */
export function tokenOf(hashKey: string, place: string): string {
  return Buffer.from(keyedHash(hashKey, 'sealed case', place), 'base64url')
    .subarray(0, tokenBytes)
    .toString('hex');
}

/** The same place of the same call has the same two digits, whenever it is asked: nothing is kept to know them by. */
function spokenCode(hashKey: string, place: string): string {
  const bytes = Buffer.from(
    keyedHash(hashKey, 'sealed code', place),
    'base64url',
  );
  return String(10 + (bytes.readUInt32BE() % 90));
}

/**
 * Seals the wish to be called by a counsellor. It writes no key of an effect and
 * no time; asked twice it is sealed twice, and whoever reads it folds the two by
 * their token.
 * @param place names the reply that asked, in its call; only keyed hashes of it are used
 * @returns undefined while the line is closed
 */
export async function requestSealedCall(
  deps: { tx: Tx; clock: Clock; hashKey: string },
  request: WantedCall & { place: string },
): Promise<PromisedCall | undefined> {
  const { tx, clock, hashKey } = deps;
  const { place, ...wanted } = request;
  const line = await seizeLine(tx, clock);
  if (line?.isOpen !== true) {
    return undefined;
  }
  const { publicKey } = line;
  const { when, day } = promisedDay(clock, wanted.slot);
  const code = spokenCode(hashKey, place);
  const text = writeCase({
    ...wanted,
    code,
    token: tokenOf(hashKey, place),
    day: clock.today(),
    callOn: day,
  });
  const sealedCase = await sealText(publicKey, text);
  await rewriteSlots(tx, { publicKey, hashKey }, sealedCase);
  return { code, when };
}
