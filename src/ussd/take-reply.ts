import { flows } from '../../flows/index';
import type { Command } from '../../flows/contract';
import { AppError } from '../runtime/errors';
import { fold } from '../text/gsm7';
import { carryOut } from './commands';
import { trailLimit } from './conversation';
import type { Conversation, Opening, Position } from './conversation';
import { meaningOf } from './input';
import { knowActivities } from './know-activities';
import type { Scene } from './scene';
import { chartAt, metaOf, openChart } from './turn';
import { localeOfScreen, showScreen } from './show-screen';

/** What a reply led to. */
export interface Taken {
  conversation: Conversation;
  outcome: 'moved' | 'invalid' | 'back' | 'home' | 'page' | 'left';
}

/** A chart that asks more often than this in one step goes round in circles. */
const maxRounds = 8;

/** Opens a flow at its start. */
function enter(
  conversation: Conversation,
  opening: Opening,
): { conversation: Conversation; commands: readonly Command[] } {
  const { position, commands } = openChart(flows[opening.flow], {
    dossier: conversation.dossier,
    ...(opening.with === undefined ? {} : { with: opening.with }),
  });
  return { conversation: { ...conversation, position }, commands };
}

/** Carries out what a chart decided, telling it the answers, until it rests. */
async function settle(
  scene: Scene,
  start: Conversation,
  decided: readonly Command[],
  place: string,
): Promise<Conversation> {
  let conversation = start;
  let waiting = [...decided];
  for (let round = 0; waiting.length > 0; round += 1) {
    const [command, ...rest] = waiting;
    if (command === undefined || round === maxRounds) {
      throw new AppError(
        'bug',
        `flow ${conversation.position.flow} does not come to rest`,
      );
    }
    const outcome = await carryOut(command, scene, conversation, place);
    conversation = { ...conversation, ...outcome.change };
    waiting = rest;
    if (outcome.open !== undefined) {
      const { open } = outcome;
      const informed = await knowActivities(scene, conversation, open.flow);
      const entered = enter(informed, open);
      conversation = entered.conversation;
      waiting = [...waiting, ...entered.commands];
    } else if (outcome.answer !== undefined) {
      const { position, dossier } = conversation;
      const next = chartAt(flows[position.flow], position, dossier).advance(
        outcome.answer,
      );
      if (next === undefined) {
        throw new AppError(
          'bug',
          `state ${position.flow}.${position.state} does not take ${outcome.answer.type}`,
        );
      }
      conversation = { ...conversation, position: next.position };
      waiting = [...waiting, ...next.commands];
    }
  }
  return conversation;
}

/** Whether a position is worth going back to. */
function isPlace(before: Conversation, after: Conversation): boolean {
  const { flow, version, state } = before.position;
  const meta = metaOf(flows[flow], state);
  if (flow === 'language' || flow === 'resume' || meta === undefined) {
    return false;
  }
  // The card is asked for once: going back from what it opened leads to before it.
  const asksCardAgain =
    flow === 'identity' &&
    meta.entry !== undefined &&
    (after.position.flow === 'identity'
      ? metaOf(flows.identity, after.position.state)?.entry !== undefined
      : after.proof !== undefined);
  return !asksCardAgain && !meta.end && version === flows[flow].version;
}

function trailAfter(before: Conversation, after: Conversation): Position[] {
  const meta = metaOf(flows[after.position.flow], after.position.state);
  if (meta?.fresh || meta?.first) {
    return [];
  }
  const trail = isPlace(before, after)
    ? [...before.trail, { ...before.position, page: 0 }]
    : [...before.trail];
  const proved = before.proof === undefined && after.proof !== undefined;
  return trail
    .filter(({ flow }) => !(proved && flow === 'identity'))
    .slice(-trailLimit);
}

/** The first screen: the menu, or the languages while none is chosen. */
export function goHome(conversation: Conversation): Conversation {
  const flow = conversation.locale === undefined ? 'language' : 'main';
  return { ...enter(conversation, { flow }).conversation, trail: [] };
}

async function goBack(
  scene: Scene,
  conversation: Conversation,
): Promise<Taken> {
  const { position, trail } = conversation;
  if (position.page > 0) {
    const turned = { ...position, page: position.page - 1 };
    return {
      conversation: { ...conversation, position: turned },
      outcome: 'page',
    };
  }
  if (metaOf(flows[position.flow], position.state)?.first) {
    return { conversation, outcome: 'left' };
  }
  const last = trail.at(-1);
  if (last === undefined) {
    return { conversation: goHome(conversation), outcome: 'back' };
  }
  const informed = await knowActivities(scene, conversation, last.flow);
  return {
    conversation: { ...informed, position: last, trail: trail.slice(0, -1) },
    outcome: 'back',
  };
}

/**
 * Takes one reply on the screen that the caller sees, and shows what follows.
 * @param place names this reply in the call; see effectKey
 */
export async function takeReply(
  scene: Scene,
  before: Conversation,
  reply: string,
  place: string,
): Promise<Taken> {
  const taken = await follow(scene, before, reply, place);
  const { conversation, outcome } = taken;
  const common = (key: string): string =>
    scene.house.texts.t(localeOfScreen(scene, conversation), 'common', key);
  const shown =
    outcome === 'left'
      ? {
          text: fold(common('goodbye'), scene.gateway.page.alphabet),
          end: true,
          hasNextPage: false,
        }
      : showScreen(
          scene,
          conversation,
          outcome === 'invalid' && !isQuiet(conversation.position)
            ? common('invalid')
            : undefined,
        );
  return { conversation: { ...conversation, shown }, outcome };
}

function isQuiet({ flow, state }: Position): boolean {
  return metaOf(flows[flow], state)?.quiet === true;
}

async function follow(
  scene: Scene,
  before: Conversation,
  reply: string,
  place: string,
): Promise<Taken> {
  const { position, dossier } = before;
  const flow = flows[position.flow];
  const chart = chartAt(flow, position, dossier);
  const meaning = meaningOf(
    reply,
    metaOf(flow, position.state) ?? {},
    before.shown.hasNextPage,
    chart.takes,
  );
  switch (meaning.kind) {
    case 'home':
      return { conversation: goHome(before), outcome: 'home' };
    case 'back':
      return goBack(scene, before);
    case 'nextPage': {
      const turned = { ...position, page: position.page + 1 };
      return {
        conversation: { ...before, position: turned },
        outcome: 'page',
      };
    }
    case 'invalid':
      return { conversation: before, outcome: 'invalid' };
    case 'event': {
      const advanced = chart.advance(meaning.event);
      if (advanced === undefined) {
        return { conversation: before, outcome: 'invalid' };
      }
      const after = await settle(
        scene,
        { ...before, position: advanced.position },
        advanced.commands,
        place,
      );
      // A resumed call brings its own way back.
      const trail =
        after.trail === before.trail ? trailAfter(before, after) : after.trail;
      return { conversation: { ...after, trail }, outcome: 'moved' };
    }
  }
}
