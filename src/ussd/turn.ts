import type {
  Command,
  Dossier,
  Flow,
  FlowEvent,
  FlowInput,
  ScreenMeta,
} from '../../flows/contract';
import { stepsOf } from './chart-steps';
import type { ChartStep } from './chart-steps';
import type { Position } from './conversation';

/** Where a chart stands after an event, and what it decided on the way. */
export interface Advanced {
  position: Position;
  commands: readonly Command[];
}

function advanced(flow: Flow, { state, context, asked }: ChartStep): Advanced {
  // The context of every flow extends FlowContext; the rest of it is plain JSON.
  const memory: Record<string, unknown> = {};
  for (const name in context) {
    if (name !== 'dossier') memory[name] = context[name];
  }
  return {
    position: {
      ...{ flow: flow.name, version: flow.version },
      ...{ state, memory, page: 0 },
    },
    // What `emit` carries is typed where the chart is set up; xstate keeps it untyped.
    commands: asked as readonly Command[],
  };
}

/** Starts a chart. */
export function openChart(flow: Flow, input: FlowInput): Advanced {
  return advanced(flow, stepsOf(flow.machine).open(input));
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
 * @throws Error when this version of the flow has no such state, once it is to take an event
 */
export function chartAt(
  flow: Flow,
  position: Position,
  dossier: Dossier,
): StandingChart {
  const steps = stepsOf(flow.machine);
  const before = {
    state: position.state,
    context: { ...position.memory, dossier },
  };
  return {
    takes: (event) => steps.takes(before, event),
    advance(event) {
      const step = steps.take(before, event);
      return step === undefined ? undefined : advanced(flow, step);
    },
  };
}

/** How a state's screen takes keys; undefined for a state that this version of the flow does not have. */
export function metaOf(flow: Flow, state: string): ScreenMeta | undefined {
  // `meta` is untyped in xstate; tests/flows/all-flows checks every state's.
  return flow.machine.states[state]?.meta as ScreenMeta | undefined;
}
