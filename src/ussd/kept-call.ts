import type { UssdScreen } from '../channels/contract';
import type { Conversation } from './conversation';
import { openConversation, sealConversation } from './kept-conversation';
import type { Opened } from './kept-conversation';
import { advanceOf, progressAfter } from './progress';
import { isDial, isOverdue } from './scene';
import type { Scene } from './scene';

/** What the store knows of the call that a step belongs to. */
export interface FoundCall {
  opened: Opened;
  /** How far on the kept call is, whether it could be opened or not. */
  seq: number;
  earlier: Conversation | undefined;
  mayHaveForgotten: boolean;
}

/** Reads what is kept of the call; a store that does not answer has forgotten. */
export async function findCall(scene: Scene): Promise<FoundCall> {
  const { house, turn } = scene;
  try {
    const loaded = await house.store.load(
      scene.sessionKey,
      isDial(turn) ? scene.phoneKey() : undefined,
    );
    const earlier = openConversation(scene, loaded.earlier);
    return {
      opened: openConversation(scene, loaded.session),
      seq: loaded.seq,
      earlier: earlier.kind === 'usable' ? earlier.conversation : undefined,
      mayHaveForgotten: loaded.mayHaveForgotten,
    };
  } catch (error) {
    house.log.warn('ussd session not read', { error });
    return {
      opened: { kind: 'none' },
      seq: 0,
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

/**
 * Keeps the call after a step; the loser of two answers at once shows what the
 * winner showed.
 * @param found the call as it was found when the step began
 * @returns the screen to show
 */
export async function keepCall(
  scene: Scene,
  found: FoundCall,
  after: Conversation,
): Promise<UssdScreen> {
  const { house, sessionKey } = scene;
  if (isOverdue(scene)) {
    // The caller has read a courteous end: what nobody saw is not where the call stands.
    return after.shown;
  }
  const expectedSeq = found.seq;
  const conversation = {
    ...after,
    seq: expectedSeq + 1,
    progress: progressAfter(house.hashKey, after.progress, scene.turn),
  };
  try {
    const kept = await house.store.save({
      sessionKey,
      expectedSeq,
      seq: conversation.seq,
      value: sealConversation(scene, conversation),
      callerKey: redialKey(scene, found, conversation),
    });
    if (kept === 'lost') {
      const { opened } = await findCall(scene);
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

/** A redial finds the call of a phone of one's own; told once, when the call is first kept. */
function redialKey(
  scene: Scene,
  found: FoundCall,
  { dossier }: Conversation,
): string | undefined {
  return found.seq === 0 && dossier.phoneKind === 'own'
    ? scene.phoneKey()
    : undefined;
}
