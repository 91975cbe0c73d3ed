import type { AnyMachineSnapshot } from 'xstate';

import type {
  Command,
  Dossier,
  Flow,
  FlowEvent,
  FlowInput,
  ScreenMeta,
} from '../../flows/contract';
import { AppError } from '../runtime/errors';
import { stepsOf } from './chart-steps';
import type { Position } from './conversation';

/** Where a chart stands after an event, and what it decided on the way. */
export interface Advanced {
  position: Position;
  commands: Command[];
}

function positionOf(flow: Flow, snapshot: AnyMachineSnapshot): Position {
  // The context of every flow extends FlowContext; the rest of it is plain JSON.
  const { dossier: _, ...memory } = snapshot.context as Record<string, unknown>;
  return {
    flow: flow.name,
    version: flow.version,
    // Flows have one level of states: the value is a name (tests/flows/all-flows).
    state: String(snapshot.value),
    memory,
    page: 0,
  };
}

/** Charts decide and remember; anything else they might ask for is a mistake in the chart. */
function commandsOf(
  flow: Flow,
  actions: readonly { type: string; params?: unknown }[],
): Command[] {
  return actions.map(({ type, params }) => {
    if (type !== 'xstate.emit') {
      throw new AppError('bug', `flow ${flow.name} yields the action ${type}`);
    }
    // What `emit` carries is typed where the chart is set up; xstate hands it on untyped.
    return (params as { event: Command }).event;
  });
}

/** Starts a chart. */
export function openChart(flow: Flow, input: FlowInput): Advanced {
  const { snapshot, actions } = stepsOf(flow.machine).open(input);
  return {
    position: positionOf(flow, snapshot),
    commands: commandsOf(flow, actions),
  };
}

/** A chart brought back to where a call stands. */
export interface StandingChart {
  /** False also when a guard refuses the event. */
  takes: (event: FlowEvent) => boolean;
  /** Undefined when the chart cannot take the event here. */
  advance: (event: FlowEvent) => Advanced | undefined;
}

/**
 * Brings a chart back to a position.
 * @throws Error when this version of the flow has no such state
 */
export function chartAt(
  flow: Flow,
  position: Position,
  dossier: Dossier,
): StandingChart {
  const steps = stepsOf(flow.machine);
  const before = steps.standingAt(position.state, {
    ...position.memory,
    dossier,
  });
  return {
    takes: (event) => before.can(event),
    advance(event) {
      if (!before.can(event)) {
        return undefined;
      }
      const { snapshot: after, actions } = steps.take(before, event);
      return {
        position: positionOf(flow, after),
        commands: commandsOf(flow, actions),
      };
    },
  };
}

/** How a state's screen takes keys; undefined for a state that this version of the flow does not have. */
export function metaOf(flow: Flow, state: string): ScreenMeta | undefined {
  // `meta` is untyped in xstate; tests/flows/all-flows checks every state's.
  return flow.machine.states[state]?.meta as ScreenMeta | undefined;
}
