import type { AnyStateMachine } from 'xstate';

import type { FlowEvent, FlowInput } from '../../flows/contract';
import { AppError } from '../runtime/errors';
import { layOut } from './chart-layout';
import type {
  Act,
  ChartLayout,
  Memory,
  Move,
  Place,
  Told,
} from './chart-layout';

/** Where a chart stands, and what it remembers there. */
export interface Standing {
  state: string;
  context: Memory;
}

/** What a step led to, and what the chart asked for on the way. */
export interface ChartStep extends Standing {
  asked: readonly unknown[];
}

/** The steps of one chart. Nothing is kept between two of them. */
export interface ChartSteps {
  open(input: FlowInput): ChartStep;
  /**
   * Undefined when the chart cannot take the event there, also because a guard refuses it.
   * @throws Error when the chart has no such state
   */
  take(before: Standing, event: FlowEvent): ChartStep | undefined;
  /** Whether it could be taken. */
  takes(before: Standing, event: FlowEvent): boolean;
}

/**
 * The steps of a chart, as xstate's pure `initialTransition` and `transition` take them
 * (tests/flows/chart-steps compares every one). Those make an actor, a dozen sets and a
 * dozen snapshots for a step, for charts with nested states, delays and invoked work;
 * flows have one level of states, and that took a sixth of a step and a quarter of its memory.
 */
export function stepsOf(machine: AnyStateMachine): ChartSteps {
  const steps = known.get(machine) ?? stepsIn(layOut(machine));
  known.set(machine, steps);
  return steps;
}

const known = new WeakMap<AnyStateMachine, ChartSteps>();

/** A chart that goes on by itself for longer than this goes round in circles. */
const maxMoves = 100;

function stepsIn({ start, memoryOf, places }: ChartLayout): ChartSteps {
  const placeOf = (state: string): Place => {
    const place = places.get(state);
    if (place === undefined)
      throw new AppError('bug', `a chart has no state ${state}`);
    return place;
  };
  const moveFor = (before: Standing, event: FlowEvent): Move | undefined =>
    firstOf(placeOf(before.state).on.get(event.type), {
      context: before.context,
      event,
    });

  /** Carries a move out, and those that follow from where it leads. */
  const follow = (
    from: Standing,
    move: Move,
    event: Told['event'],
  ): ChartStep => {
    const asked: unknown[] = [];
    let { state, context } = from;
    let next: Move | undefined = move;
    for (let moves = 0; next !== undefined; moves += 1) {
      if (moves === maxMoves)
        throw new AppError('bug', `a chart does not rest after ${from.state}`);
      context = acted(next.acts, context, event, asked);
      if (next.target !== undefined) {
        state = next.target;
        if (next.enters)
          context = acted(placeOf(state).entry, context, event, asked);
      }
      next = firstOf(placeOf(state).always, { context, event });
    }
    return { state, context, asked };
  };

  return {
    open: (input) =>
      follow(
        { state: start, context: memoryOf(input) },
        { mayGo: undefined, acts: [], target: start, enters: true },
        { type: 'xstate.init' },
      ),
    take(before, event) {
      const move = moveFor(before, event);
      return move === undefined || isIdle(move)
        ? undefined
        : follow(before, move, event);
    },
    takes(before, event) {
      const move = moveFor(before, event);
      return move !== undefined && !isIdle(move);
    },
  };
}

/** A way that leads nowhere and does nothing only says that an event is expected. */
function isIdle({ target, acts }: Move): boolean {
  return target === undefined && acts.length === 0;
}

function firstOf(
  moves: readonly Move[] | undefined,
  told: Told,
): Move | undefined {
  return moves?.find(({ mayGo }) => mayGo === undefined || mayGo(told));
}

/** Does what is to be done, in order; each act meets what the one before it remembered. */
function acted(
  acts: readonly Act[],
  before: Memory,
  event: Told['event'],
  asked: unknown[],
): Memory {
  let context = before;
  for (const act of acts) {
    const told = { context, event };
    if (act.kind === 'assign') context = { ...context, ...act.change(told) };
    else asked.push(act.command(told));
  }
  return context;
}
