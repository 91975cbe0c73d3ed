import type { Answer, Command } from '../../flows/contract';
import { requestCallback } from '../complaints/request-callback';
import type { PromisedCall, WantedCall } from '../complaints/request-callback';
import { requestSealedCall } from '../complaints/request-sealed-call';
import { inTransaction } from '../runtime/database';
import { AppError } from '../runtime/errors';
import { keyedHash } from '../runtime/keyed-hash';
import { parseMsisdn } from '../text/msisdn';
import type { Conversation } from './conversation';
import { once } from './once';
import { effectKey, isOverdue } from './scene';
import type { Scene } from './scene';
import { firstLocale } from './show-screen';

type CallbackRequest = Extract<Command, { type: 'callback.request' }>;

function common(
  scene: Scene,
  place: string,
  wanted: WantedCall,
): Promise<PromisedCall> {
  const { clock, hashKey } = scene.house;
  const askedKey = keyedHash(hashKey, 'callback', scene.turn.msisdn);
  return once(scene, effectKey(scene, place, 'callback.request'), (tx) =>
    requestCallback({ tx, clock }, wanted, askedKey),
  );
}

/** As many statements as a call of the common line, and none that leaves a key of the effect. */
function sealed(
  scene: Scene,
  place: string,
  wanted: WantedCall,
): Promise<PromisedCall | undefined> {
  const { db, clock, hashKey } = scene.house;
  return inTransaction(db, async (tx) => {
    const promised = await requestSealedCall(
      { tx, clock, hashKey },
      { ...wanted, place: `${scene.sessionKey}\0${place}` },
    );
    if (isOverdue(scene)) {
      throw new AppError('unavailable', 'the effect came too late');
    }
    return promised;
  });
}

/**
 * Keeps that the caller wants to be called, by either line. What goes wrong is
 * answered with the numbers to call, and logged alike without its cause: a cause
 * would tell in which line it went wrong. The store tells its own troubles.
 */
export async function askCallback(
  command: CallbackRequest,
  scene: Scene,
  conversation: Conversation,
  place: string,
): Promise<Answer> {
  const { line, slot, otherNumber, prefersWoman } = command;
  const msisdn =
    otherNumber === undefined ? scene.turn.msisdn : parseMsisdn(otherNumber);
  if (msisdn === undefined) {
    return { type: 'told.unusable' };
  }
  const locale = command.locale ?? conversation.locale ?? firstLocale;
  const keep = line === 'sealed' ? sealed : common;
  const promised = await keep(scene, place, {
    ...{ msisdn, slot, locale, prefersWoman },
  }).catch(() => undefined);
  if (promised === undefined) {
    scene.house.log.error('call-back not kept');
    return { type: 'told.notKept' };
  }
  return { type: 'told.willCall', ...promised };
}
