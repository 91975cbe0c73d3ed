import { isDeepStrictEqual } from 'node:util';
import {
  assign,
  createMachine,
  initialTransition,
  raise,
  transition,
} from 'xstate';
import type { AnyMachineSnapshot } from 'xstate';
import { flows } from '../../flows';
import { flowNames } from '../../flows/contract';
import type { Dossier, FlowEvent, FlowName } from '../../flows/contract';
import { layOut } from '../../src/ussd/chart-layout';
import { stepsOf } from '../../src/ussd/chart-steps';
import type { ChartStep } from '../../src/ussd/chart-steps';
import { answers, handovers, typed } from './dossiers';
import { explore, type Visit } from './explore';

/** A state as it is given to xstate. */
type StateNodeConfig = NonNullable<
  NonNullable<Parameters<typeof createMachine>[0]['states']>[string]
>;

/** A step of xstate's, as ours tell it. */
function told([snapshot, actions]: [
  AnyMachineSnapshot,
  readonly { type: string; params?: unknown }[],
]): ChartStep {
  return {
    state: String(snapshot.value),
    // The context of a flow is a record.
    context: snapshot.context as ChartStep['context'],
    asked: actions.map(({ type, params }) => {
      if (type !== 'xstate.emit') throw new Error(`an action ${type}`);
      // What `emit` hands on.
      return (params as { event: unknown }).event;
    }),
  };
}

/** Every event that any chart might be told: most do not belong where a chart stands. */
function everyEvent(name: FlowName): FlowEvent[] {
  const { machine } = flows[name];
  const types = Object.values(machine.states).flatMap(({ ownEvents }) =>
    ownEvents.map(String),
  );
  return [
    ...[...new Set(types)]
      .filter((type) => type.startsWith('choose.'))
      .map((type): FlowEvent => ({ type: type as `choose.${string}` })),
    { type: 'more' },
    ...typed.map((digits): FlowEvent => ({ type: 'enter', digits })),
    ...answers,
  ];
}

/** One visit of each state by each caller: all of a long flow are tens of thousands. */
function someOf(visits: readonly Visit[]): Visit[] {
  const counts = new Map<string, number>();
  return visits.filter(({ who, position }) => {
    const place = `${position.state} ${who}`;
    const count = (counts.get(place) ?? 0) + 1;
    counts.set(place, count);
    return count === 1;
  });
}

/** As `toEqual`, which takes longer than all steps together; it is asked where something differs. */
function expectSame(ours: unknown, theirs: unknown): void {
  if (!isDeepStrictEqual(ours, theirs)) expect(ours).toEqual(theirs);
}

test.each(flowNames)('%s takes every step as xstate does', (name) => {
  const { machine } = flows[name];
  const steps = stepsOf(machine);
  const met = new Set<Dossier>();
  let taken = 0;
  for (const { dossier, position } of someOf(explore(name))) {
    for (const handover of met.has(dossier) ? [] : [{}, ...handovers[name]]) {
      const input = { dossier, with: handover };
      expectSame(steps.open(input), told(initialTransition(machine, input)));
    }
    met.add(dossier);
    const before = {
      state: position.state,
      context: { ...position.memory, dossier },
    };
    const snapshot = machine.resolveState({
      value: before.state,
      context: before.context,
    });
    for (const event of everyEvent(name)) {
      const ours = steps.take(before, event);
      const can = snapshot.can(event);
      expectSame([steps.takes(before, event), ours !== undefined], [can, can]);
      if (ours === undefined) continue;
      taken += 1;
      expectSame(ours, told(transition(machine, snapshot, event)));
    }
  }
  expect(taken).toBeGreaterThan(0);
});

test.each<[string, StateNodeConfig]>([
  ['states within states', { initial: 'b', states: { b: {} } }],
  ['an end', { type: 'final' }],
  ['an exit', { exit: assign({}) }],
  ['invoked work', { invoke: { src: 'work' } }],
  ['a delay', { after: { 1000: 'a' } }],
  ['any event at all', { on: { '*': 'a' } }],
  ['an action that is neither', { entry: raise({ type: 'more' }) }],
  ['an action of its own', { entry: () => undefined }],
])('a flow may not have %s', (_, state) => {
  const machine = createMachine({
    ...{ id: 'odd', initial: 'a' },
    states: { a: state },
  });
  expect(() => layOut(machine)).toThrow('flow odd may not have');
});

test.each<[string, Partial<StateNodeConfig>]>([
  ['an entry', { entry: assign({}) }],
  ['a way that it goes by itself', { always: { target: '.a' } }],
  ['invoked work', { invoke: { src: 'work' } }],
])('nor may a whole flow have %s', (_, root) => {
  const machine = createMachine({
    ...{ id: 'odd', initial: 'a', ...root },
    states: { a: {} },
  });
  expect(() => layOut(machine)).toThrow('flow odd may not have');
});
