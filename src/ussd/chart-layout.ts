import type { AnyStateMachine } from 'xstate';

import type { FlowEvent, FlowInput } from '../../flows/contract';
import { AppError } from '../runtime/errors';

/** What a chart remembers while it stands somewhere. */
export type Memory = Readonly<Record<string, unknown>>;

/** What guards and actions are told. */
export interface Told {
  context: Memory;
  /** What a start tells of is no event of a flow: no guard or action of an opening reads it. */
  event: FlowEvent | { type: 'xstate.init' };
}

/** Remembers, or asks for something. */
export type Act =
  | { kind: 'assign'; change: (told: Told) => Memory }
  | { kind: 'emit'; command: (told: Told) => unknown };

/** One way on from a state. */
export interface Move {
  mayGo: ((told: Told) => boolean) | undefined;
  acts: readonly Act[];
  /** Absent where the chart stays and only acts. */
  target: string | undefined;
  /** Whether the target is entered: a state that leads to itself is not left. */
  enters: boolean;
}

/** One state, its own ways on before those that every state has. */
export interface Place {
  entry: readonly Act[];
  always: readonly Move[];
  on: ReadonlyMap<string, readonly Move[]>;
}

/** A chart as its steps need it. */
export interface ChartLayout {
  start: string;
  memoryOf: (input: FlowInput) => Memory;
  places: ReadonlyMap<string, Place>;
}

type StateNode = AnyStateMachine['root'];
type Transition = NonNullable<StateNode['always']>[number];

/**
 * Lays out a chart of one level of states, which choose, remember and ask.
 * @throws AppError `bug` for what a flow must not have: states within states, exits, delays, invoked work, other actions
 */
export function layOut(machine: AnyStateMachine): ChartLayout {
  const { root } = machine;
  if (root.entry.length > 0 || root.always !== undefined)
    throw beyond(machine, 'what it does as a whole');
  const shared = movesByEvent(machine, root);
  const places = Object.values(root.states).map((node): [string, Place] => {
    const own = movesByEvent(machine, node);
    const types = new Set([...own.keys(), ...shared.keys()]);
    if (node.type !== 'atomic') throw beyond(machine, `the ${node.type} state`);
    return [
      node.key,
      {
        entry: node.entry.map((action) => actOf(machine, action)),
        always: (node.always ?? []).map((one) => moveOf(machine, one)),
        on: new Map(
          Array.from(types, (type) => [
            type,
            [...(own.get(type) ?? []), ...(shared.get(type) ?? [])],
          ]),
        ),
      },
    ];
  });
  const [start] = root.initial.target;
  if (start === undefined || root.initial.actions.length > 0)
    throw beyond(machine, 'this beginning');
  return {
    start: start.key,
    memoryOf: memoryOf(machine),
    places: new Map(places),
  };
}

function movesByEvent(
  machine: AnyStateMachine,
  node: StateNode,
): Map<string, Move[]> {
  if (node.exit.length > 0) throw beyond(machine, 'an exit');
  if (node.invoke.length > 0) throw beyond(machine, 'invoked work');
  return new Map(
    Array.from(node.transitions, ([type, transitions]) => {
      // Wildcards, delays, and what invoked work would tell.
      if (/\*|^xstate\./.test(type)) throw beyond(machine, type);
      return [type, transitions.map((one) => moveOf(machine, one))];
    }),
  );
}

function moveOf(machine: AnyStateMachine, transition: Transition): Move {
  const { guard, target, source, reenter } = transition;
  return {
    mayGo: guard === undefined ? undefined : guardOf(machine, guard),
    acts: transition.actions.map((action) => actOf(machine, action)),
    target: target?.[0]?.key,
    enters: target?.[0] !== source || reenter,
  };
}

function guardOf(
  machine: AnyStateMachine,
  guard: unknown,
): (told: Told) => boolean {
  const guards: Record<string, unknown> = machine.implementations.guards;
  const test = typeof guard === 'string' ? guards[guard] : guard;
  // `and`, `or` and `not` bring a check of their own, which wants an actor.
  if (typeof test !== 'function' || 'check' in test)
    throw beyond(machine, 'this guard');
  // A guard is written with the context of its chart; xstate types what it keeps of it as unknown.
  return test as (told: Told) => boolean;
}

/** What `assign` and `emit` make: functions that carry what they were given. */
interface BuiltIn {
  type?: unknown;
  assignment?: unknown;
  event?: unknown;
}

function actOf(machine: AnyStateMachine, action: unknown): Act {
  // Nothing but functions carries these; of any other action all three are absent.
  const { type, assignment, event } = Object(action) as BuiltIn;
  if (type === 'xstate.assign') {
    return { kind: 'assign', change: changeOf(assignment) };
  }
  if (type === 'xstate.emit') return { kind: 'emit', command: valueOf(event) };
  throw beyond(machine, 'another action than assign and emit');
}

/** A function of what is told, or the same each time. */
function valueOf(given: unknown): (told: Told) => unknown {
  return typeof given === 'function'
    ? // What flows write there takes `{ context, event }`.
      (given as (told: Told) => unknown)
    : () => given;
}

/** One function for the whole change, or one value or function for each name. */
function changeOf(assignment: unknown): (told: Told) => Memory {
  if (typeof assignment === 'function') {
    return assignment as (told: Told) => Memory;
  }
  const parts = Object.entries(assignment ?? {}).map(
    ([name, given]) => [name, valueOf(given)] as const,
  );
  return (told) => {
    const change: Record<string, unknown> = {};
    for (const [name, value] of parts) change[name] = value(told);
    return change;
  };
}

function memoryOf(machine: AnyStateMachine): (input: FlowInput) => Memory {
  // Every chart makes its context of its input, and spawns nothing.
  const make = machine.config.context as (given: {
    input: FlowInput;
  }) => Memory;
  return (input) => make({ input });
}

function beyond(machine: AnyStateMachine, what: string): AppError {
  return new AppError('bug', `flow ${machine.id} may not have ${what}`);
}
