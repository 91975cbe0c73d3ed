import type { UssdGateway, UssdScreen, UssdTurn } from '../channels/contract';
import { inTime } from '../runtime/in-time';
import { courteousEnd } from './courteous-end';
import { isJournalled } from './journal';
import { findCall, keepCall } from './kept-call';
import type { FoundCall } from './kept-call';
import { advanceOf } from './progress';
import {
  dialCall,
  rebuildCall,
  restartCall,
  takeReplies,
} from './rebuild-call';
import type { Answered } from './rebuild-call';
import { isDial, patienceMs, sceneOf } from './scene';
import type { Scene } from './scene';
import type { UssdHouse } from './ussd-house';

/** Decides what a step is, and takes it. */
async function take(scene: Scene, found: FoundCall): Promise<Answered> {
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
        return { conversation, outcome: 'late' };
      case 'elsewhere':
        return begin(scene, { ...found, mayHaveForgotten: true });
    }
  }
  return begin(scene, found);
}

/** Takes a step that continues nothing kept: a dial, or a path to walk. */
async function begin(scene: Scene, found: FoundCall): Promise<Answered> {
  if (!isDial(scene.turn)) {
    return rebuildCall(scene, found);
  }
  return dialCall(scene, found.earlier);
}

/** The screen that this step answers, where its flow is one that is told. */
function shownBefore({ opened }: FoundCall): string | undefined {
  if (opened.kind !== 'usable') return undefined;
  const { flow, state } = opened.conversation.position;
  return isJournalled(flow) ? `${flow}.${state}` : undefined;
}

async function answer(scene: Scene, found: FoundCall): Promise<UssdScreen> {
  const began = performance.now();
  const { conversation, outcome } = await take(scene, found);
  const screen =
    outcome === 'again' || outcome === 'late'
      ? conversation.shown
      : await keepCall(scene, found, conversation);
  const { flow, state } = conversation.position;
  if (isJournalled(flow)) {
    const step = { gateway: scene.gateway.name, flow, screen: state, outcome };
    scene.house.metrics.add('jigi_ussd_steps_total', step);
    if (outcome !== 'again' && outcome !== 'late')
      scene.house.tally.note({
        ...{ screen: `${flow}.${state}`, from: shownBefore(found) },
        ...{ locale: conversation.locale ?? '', isDial: isDial(scene.turn) },
        isEnd: screen.end,
      });
    scene.house.log.info('ussd step', {
      ...step,
      ending: screen.end,
      durationMs: Math.round(performance.now() - began),
    });
  }
  return screen;
}

/**
 * Answers one step of a call: finds the call, takes the reply, carries out what
 * the flow decides, keeps the call and shows the next screen. Whatever fails,
 * the caller reads a courteous end in her language, and nothing is kept of the
 * step that failed, nor takes effect once she has read it.
 */
export async function answerTurn(
  house: UssdHouse,
  gateway: UssdGateway,
  turn: UssdTurn,
): Promise<UssdScreen> {
  const scene = sceneOf(house, gateway, turn);
  const found = await findCall(scene);
  const locale =
    found.opened.kind === 'usable'
      ? found.opened.conversation.locale
      : found.earlier?.locale;
  try {
    return await inTime(patienceMs, () => answer(scene, found));
  } catch (error) {
    house.metrics.add('jigi_ussd_steps_total', {
      ...{ gateway: gateway.name, flow: 'none', screen: 'none' },
      outcome: 'failed',
    });
    house.log.error('ussd step failed', {
      gateway: gateway.name,
      error,
    });
    return courteousEnd(house.texts, gateway, locale);
  }
}
