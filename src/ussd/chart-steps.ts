import { createActor } from 'xstate';
import type {
  AnyMachineSnapshot,
  AnyStateMachine,
  ExecutableActionObject,
} from 'xstate';

import type { FlowEvent, FlowInput } from '../../flows/contract';

/** What xstate hands to a step: who takes it, and where its actions go. */
type Scope = Parameters<AnyStateMachine['transition']>[2];

/** What a step led to, and what the chart asked for on the way. */
export interface ChartStep {
  snapshot: AnyMachineSnapshot;
  actions: readonly ExecutableActionObject[];
}

/** The steps of one chart. Nothing is kept between two of them. */
export interface ChartSteps {
  open(input: FlowInput): ChartStep;
  /** @throws Error when the chart has no such state */
  standingAt(state: string, context: object): AnyMachineSnapshot;
  take(before: AnyMachineSnapshot, event: FlowEvent): ChartStep;
}

/** Nobody in particular: xstate wants an actor to stand for the steps. */
const nobody: FlowInput = {
  dossier: {
    level: 'L0',
    phoneKind: 'unlinked',
    localeKnown: false,
    smsOn: false,
    contacts: [],
  },
};

const known = new WeakMap<AnyStateMachine, ChartSteps>();

/**
 * The steps of a chart, as xstate's pure `initialTransition` and `transition`
 * take them. Those make an actor for every single step, which runs the chart
 * from its start without any input; here one actor, never started, stands for
 * all steps of a chart.
 */
export function stepsOf(machine: AnyStateMachine): ChartSteps {
  const steps = known.get(machine) ?? makeSteps(machine);
  known.set(machine, steps);
  return steps;
}

function makeSteps(machine: AnyStateMachine): ChartSteps {
  const self = createActor(machine, { input: nobody });
  const ignore = (): void => undefined;
  const inert = {
    self,
    system: self.system,
    id: '',
    sessionId: '',
    logger: ignore,
    defer: ignore,
    emit: ignore,
    stopChild: ignore,
  };
  const run = (step: (scope: Scope) => AnyMachineSnapshot): ChartStep => {
    const actions: ExecutableActionObject[] = [];
    const actionExecutor = (action: ExecutableActionObject): void => {
      actions.push(action);
    };
    const snapshot = step({ ...inert, actionExecutor });
    return { snapshot, actions };
  };
  const resolved = new Map<string, AnyMachineSnapshot>();

  return {
    open: (input) => run((scope) => machine.getInitialSnapshot(scope, input)),
    standingAt(state, context) {
      const bare =
        resolved.get(state) ??
        machine.resolveState({ value: state, context: {} });
      resolved.set(state, bare);
      return { ...bare, context };
    },
    take: (before, event) =>
      run((scope) => machine.transition(before, event, scope)),
  };
}
