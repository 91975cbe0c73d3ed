import { randomUUID } from 'node:crypto';

import { flows } from '../../flows/index';
import type { Dossier } from '../../flows/contract';
import { conversationShape } from './conversation';
import type { Conversation, Opening, Position, Progress } from './conversation';
import { hasHappened } from './once';
import { effectKey } from './scene';
import type { Scene } from './scene';
import { showScreen } from './show-screen';
import { openChart } from './turn';

/** What a dial may begin with besides the first menu. */
export interface Dial {
  progress: Progress;
  /** The caller's last call, when it was cut not long ago. */
  earlier?: Conversation | undefined;
  /** The reply that follows the dial when a lost call is rebuilt. */
  firstPlace?: string | undefined;
}

/**
 * A redial goes on only where nothing was proved, tried or asked for, and only
 * on a phone of one's own: the card question, and the settings.
 */
function isResumable({ flow, state, memory, version }: Position): boolean {
  const isPlace =
    flow === 'settings' ||
    (flow === 'identity' && state === 'card' && memory['then'] !== 'complaint');
  return isPlace && flows[flow].version === version;
}

function offerOf(
  earlier: Conversation | undefined,
  dossier: Dossier,
): Conversation['offer'] {
  if (
    earlier === undefined ||
    dossier.phoneKind !== 'own' ||
    earlier.shown.end ||
    earlier.proof !== undefined ||
    !isResumable(earlier.position)
  ) {
    return undefined;
  }
  return { position: earlier.position, trail: earlier.trail };
}

function firstOpening(
  locale: string | undefined,
  offer: Conversation['offer'],
): Opening {
  if (locale === undefined) {
    return { flow: 'language' };
  }
  return { flow: offer === undefined ? 'main' : 'resume' };
}

/** Answers a dial: who calls, in which language, and which screen comes first. */
export async function openCall(
  scene: Scene,
  { progress, earlier, firstPlace }: Dial,
): Promise<Conversation> {
  const { house, turn } = scene;
  const caller = await scene.caller();
  // A call that is rebuilt had begun before its caller chose a language in it.
  const chosenInThisCall =
    firstPlace !== undefined &&
    caller.locale !== undefined &&
    (await hasHappened(
      house.db,
      effectKey(scene, firstPlace, 'language.choose'),
    ));
  const locale =
    caller.locale !== undefined &&
    house.texts.languages.some(({ code }) => code === caller.locale) &&
    !chosenInThisCall
      ? caller.locale
      : undefined;
  const dossier: Dossier = {
    level: 'L0',
    phoneKind: caller.phoneKind,
    localeKnown: locale !== undefined,
    smsOn: caller.smsOn,
    contacts: house.contacts,
  };
  const offer = offerOf(earlier, dossier);
  const opening = firstOpening(locale, offer);
  const { position } = openChart(flows[opening.flow], { dossier });
  const shown = showScreen(scene, { position, dossier, locale });
  return {
    shape: conversationShape,
    seq: 0,
    locale,
    dossier,
    proof: undefined,
    position,
    trail: [],
    progress,
    shown,
    tail: undefined,
    offer,
    filed: [],
    callId: turn.input.mode === 'incremental' ? randomUUID() : '',
    steps: 0,
  };
}
