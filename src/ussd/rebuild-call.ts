import type { Conversation } from './conversation';
import { openCall } from './open-call';
import { maxReplies, progressOf } from './progress';
import { walkingAgain } from './said-before';
import type { Scene } from './scene';
import { firstLocale, showScreen } from './show-screen';
import { takeReply } from './take-reply';
import type { Taken } from './take-reply';

/** A conversation after a step, and what the step was. */
export interface Answered {
  conversation: Conversation;
  outcome:
    | Taken['outcome']
    | 'again'
    | 'late'
    | 'dialled'
    | 'tail'
    | 'rebuilt'
    | 'restarted';
}

/** A published tail leads to one of the first four lines of the menu, and no further. */
const tails: readonly string[] = ['1', '2', '3', '4'];

/** Where a reply stands in its call: the path up to it, or the count of steps. */
function placesOf(scene: Scene, replies: readonly string[]): string[] {
  const { input } = scene.turn;
  if (input.mode === 'incremental') {
    return [];
  }
  const all = input.path.split('*');
  const before = all.length - replies.length;
  return replies.map((_, at) => all.slice(0, before + at + 1).join('*'));
}

/** Takes replies in order; a screen that ends the call takes no more. */
export async function takeReplies(
  scene: Scene,
  before: Conversation,
  replies: readonly string[],
): Promise<Answered> {
  const places = placesOf(scene, replies);
  let conversation = before;
  let outcome: Answered['outcome'] = 'again';
  for (const [at, reply] of replies.slice(0, maxReplies).entries()) {
    if (conversation.shown.end) {
      break;
    }
    const steps = conversation.steps + 1;
    const place = places[at] ?? `${conversation.callId}#${steps}`;
    const taken = await takeReply(scene, conversation, reply, place);
    conversation = { ...taken.conversation, steps };
    outcome = taken.outcome;
    conversation = await followTail(scene, conversation, place);
  }
  return { conversation, outcome };
}

/** Once the menu is reached, a published tail goes on to its line. */
async function followTail(
  scene: Scene,
  conversation: Conversation,
  place: string,
): Promise<Conversation> {
  const { tail, position } = conversation;
  if (tail === undefined || position.flow !== 'main') {
    return conversation;
  }
  const atMenu = { ...conversation, tail: undefined };
  return (await takeReply(scene, atMenu, tail, `${place} tail`)).conversation;
}

/** Answers a dial that carries a tail: its first digit leads on, what is left of it is ignored. */
async function dialTail(scene: Scene, first: string): Promise<Conversation> {
  const progress = progressOf(scene.house.hashKey, scene.turn);
  const dialled = await openCall(scene, { progress });
  const tail = tails.includes(first) ? first : undefined;
  return followTail(scene, { ...dialled, tail }, `${dialled.callId} dial`);
}

/**
 * Answers a dial.
 * @param earlier the caller's last call, which a plain dial may go on with
 */
export async function dialCall(
  scene: Scene,
  earlier: Conversation | undefined,
): Promise<Answered> {
  const { input } = scene.turn;
  // A path that is not empty is never a dial; a single reply at the dial is the tail.
  const [first = ''] =
    input.mode === 'incremental' ? input.reply.split('*') : [];
  if (tails.includes(first)) {
    return { conversation: await dialTail(scene, first), outcome: 'tail' };
  }
  const progress = progressOf(scene.house.hashKey, scene.turn);
  const conversation = await openCall(scene, { progress, earlier });
  return { conversation, outcome: 'dialled' };
}

/** Begins again, and says so: the call cannot go on where it was. */
export async function restartCall(scene: Scene): Promise<Answered> {
  const progress = progressOf(scene.house.hashKey, scene.turn);
  const conversation = await openCall(scene, { progress });
  const notice = scene.house.texts.t(
    conversation.locale ?? firstLocale,
    'common',
    'restarted',
  );
  const shown = showScreen(scene, conversation, notice);
  return { conversation: { ...conversation, shown }, outcome: 'restarted' };
}

/**
 * Answers a step whose call is not kept. A gateway that repeats the whole path
 * lets a lost call be walked again, effects not repeated; a path on a first
 * request is otherwise a published tail of the short code.
 */
export async function rebuildCall(
  scene: Scene,
  { mayHaveForgotten }: { mayHaveForgotten: boolean },
): Promise<Answered> {
  const { house, turn } = scene;
  if (turn.input.mode === 'incremental') {
    return restartCall(scene);
  }
  const progress = progressOf(house.hashKey, turn);
  const replies = turn.input.path.split('*');
  const [first = ''] = replies;
  if (mayHaveForgotten) {
    const dialled = await openCall(scene, { progress, firstPlace: first });
    // One digit from a number without a language: a published tail, or an answer that was lost to
    // us. The language is asked either way; taken for an answer, the tail would choose it for good.
    if (dialled.locale === undefined && replies.length === 1) {
      return { conversation: await dialTail(scene, first), outcome: 'tail' };
    }
    const again = await walkingAgain(scene, placesOf(scene, replies));
    const { conversation } = await takeReplies(again, dialled, replies);
    return { conversation, outcome: 'rebuilt' };
  }
  return { conversation: await dialTail(scene, first), outcome: 'tail' };
}
