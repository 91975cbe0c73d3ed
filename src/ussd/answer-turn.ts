import type { UssdGateway, UssdScreen, UssdTurn } from '../channels/contract';
import type { Conversation } from './conversation';
import { courteousEnd } from './courteous-end';
import { openConversation, sealConversation } from './kept-conversation';
import type { Opened } from './kept-conversation';
import { openCall } from './open-call';
import { advanceOf, progressOf } from './progress';
import { rebuildCall, restartCall, takeReplies } from './rebuild-call';
import type { Answered } from './rebuild-call';
import { sceneOf } from './scene';
import type { Scene } from './scene';
import type { UssdHouse } from './ussd-house';

/** No step keeps a caller waiting longer. */
const patienceMs = 2700;

interface Found {
  opened: Opened;
  earlier: Conversation | undefined;
  mayHaveForgotten: boolean;
}

function isDial({ input }: UssdTurn): boolean {
  return input.mode === 'cumulative' ? input.path === '' : input.start;
}

/** Reads what is kept of the call; a store that does not answer has forgotten. */
async function find(scene: Scene): Promise<Found> {
  const { house, turn } = scene;
  try {
    const loaded = await house.store.load(
      scene.sessionKey,
      isDial(turn) ? scene.phoneKey : undefined,
    );
    const earlier = openConversation(scene, loaded.earlier);
    return {
      opened: openConversation(scene, loaded.session),
      earlier: earlier.kind === 'usable' ? earlier.conversation : undefined,
      mayHaveForgotten: loaded.mayHaveForgotten,
    };
  } catch (error) {
    house.log.warn('ussd session not read', { error });
    return {
      opened: { kind: 'none' },
      earlier: undefined,
      mayHaveForgotten: true,
    };
  }
}

/**
 * Whether a kept conversation is the answer to this step. A path is walked on
 * from wherever the call stands; a gateway that sends one reply alone goes by
 * the screen that is kept, whichever step it was of.
 */
function holds({ house, turn }: Scene, kept: Conversation): boolean {
  return (
    turn.input.mode === 'incremental' ||
    advanceOf(house.hashKey, kept.progress, turn).kind === 'again'
  );
}

/** Keeps the call; the loser of two answers at once shows what the winner showed. */
async function keep(
  scene: Scene,
  expectedSeq: number,
  conversation: Conversation,
): Promise<UssdScreen> {
  const { house, sessionKey, phoneKey } = scene;
  const own = conversation.dossier.phoneKind === 'own';
  try {
    const kept = await house.store.save({
      sessionKey,
      expectedSeq,
      seq: conversation.seq,
      value: sealConversation(scene, conversation),
      callerKey: own ? phoneKey : undefined,
    });
    if (kept === 'lost') {
      const { opened } = await find(scene);
      if (opened.kind === 'usable' && holds(scene, opened.conversation)) {
        return opened.conversation.shown;
      }
    }
  } catch (error) {
    // The next step is rebuilt from its path: the call goes on without the store.
    house.log.warn('ussd session not kept', { error });
  }
  return conversation.shown;
}

/** Decides what a step is, and takes it. */
async function take(scene: Scene, found: Found): Promise<Answered> {
  const { house, turn } = scene;
  const { opened } = found;
  if (opened.kind === 'outdated') {
    return restartCall(scene);
  }
  if (opened.kind === 'usable') {
    const { conversation } = opened;
    const advance = advanceOf(house.hashKey, conversation.progress, turn);
    switch (advance.kind) {
      case 'again':
        return { conversation, outcome: 'again' };
      case 'onward':
        return takeReplies(scene, conversation, advance.replies);
      case 'late':
        return { ...(await begin(scene, found)), outcome: 'late' };
      case 'elsewhere':
        return begin(scene, { ...found, mayHaveForgotten: true });
    }
  }
  return begin(scene, found);
}

/** Takes a step that continues nothing kept: a dial, or a path to walk. */
async function begin(scene: Scene, found: Found): Promise<Answered> {
  if (!isDial(scene.turn)) {
    return rebuildCall(scene, found);
  }
  const conversation = await openCall(scene, {
    progress: progressOf(scene.house.hashKey, scene.turn),
    earlier: found.earlier,
  });
  return { conversation, outcome: 'dialled' };
}

/** How far on a call is; a call that is not kept is nowhere. */
function seqOf({ opened }: Found): number {
  return opened.kind === 'usable' ? opened.conversation.seq : 0;
}

async function answer(scene: Scene, found: Found): Promise<UssdScreen> {
  const began = performance.now();
  const { conversation, outcome } = await take(scene, found);
  const screen =
    outcome === 'again' || outcome === 'late'
      ? conversation.shown
      : await keep(scene, seqOf(found), {
          ...conversation,
          seq: seqOf(found) + 1,
          progress: progressOf(scene.house.hashKey, scene.turn),
        });
  scene.house.log.info('ussd step', {
    gateway: scene.gateway.name,
    session: scene.sessionKey.slice(0, 10),
    step: conversation.steps,
    locale: conversation.locale,
    flow: conversation.position.flow,
    screen: conversation.position.state,
    outcome,
    ending: screen.end,
    durationMs: Math.round(performance.now() - began),
  });
  return screen;
}

/**
 * Answers one step of a call: finds the call, takes the reply, carries out what
 * the flow decides, keeps the call and shows the next screen. Whatever fails,
 * the caller reads a courteous end in her language, and nothing is kept of the
 * step that failed.
 */
export async function answerTurn(
  house: UssdHouse,
  gateway: UssdGateway,
  turn: UssdTurn,
): Promise<UssdScreen> {
  const scene = sceneOf(house, gateway, turn);
  const found = await find(scene);
  const locale =
    found.opened.kind === 'usable'
      ? found.opened.conversation.locale
      : found.earlier?.locale;
  let overdue: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    overdue = setTimeout(() => {
      reject(new Error(`no answer within ${patienceMs} ms`));
    }, patienceMs);
  });
  try {
    return await Promise.race([answer(scene, found), tooLate]);
  } catch (error) {
    house.log.error('ussd step failed', {
      gateway: gateway.name,
      session: scene.sessionKey.slice(0, 10),
      error,
    });
    return courteousEnd(house.texts, gateway, locale);
  } finally {
    clearTimeout(overdue);
  }
}
