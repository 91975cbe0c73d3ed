import { flows } from '../../flows';
import type {
  Command,
  Dossier,
  Flow,
  FlowEvent,
  FlowName,
} from '../../flows/contract';
import type { Position } from '../../src/ussd/conversation';
import { chartAt, metaOf, openChart } from '../../src/ussd/turn';
import {
  aDossier,
  answers,
  dossiers,
  handovers,
  typed,
  walkersOf,
} from './dossiers';

/** A state of a chart with all that it remembers, and how it was come by. */
export interface Visit {
  flow: Flow;
  who: string;
  dossier: Dossier;
  position: Position;
  /** What the chart decided on the way in. */
  commands: readonly Command[];
}

/** Walks a flow as everybody whom it tells apart, with every key and every answer, as far as it goes. */
export function explore(name: FlowName): Visit[] {
  return walkersOf(name).flatMap((who) => exploreAs(name, who));
}

/** Walks a flow as one of the dossiers. */
export function exploreAs(name: FlowName, who: string): Visit[] {
  const flow = flows[name];
  const dossier = dossiers[who] ?? aDossier();
  const visits = [undefined, ...handovers[name]].map((handover): Visit => ({
    flow,
    who,
    dossier,
    ...openChart(flow, {
      dossier,
      ...(handover === undefined ? {} : { with: handover }),
    }),
  }));
  const known = new Set(visits.map(keyOf));
  for (const visit of visits) {
    for (const event of eventsAt(visit)) {
      const next = follow(visit, event);
      if (next === undefined || known.has(keyOf(next))) continue;
      known.add(keyOf(next));
      visits.push(next);
    }
  }
  return visits;
}

/** Takes an event, or not; memory goes through JSON as it does between two replies. */
export function follow(visit: Visit, event: FlowEvent): Visit | undefined {
  const { flow, position } = visit;
  const stored = throughJson(position);
  const dossier = event.type === 'told.proved' ? event.dossier : visit.dossier;
  const advanced = chartAt(flow, stored, visit.dossier).advance(event);
  return advanced === undefined
    ? undefined
    : { ...visit, dossier, ...advanced };
}

/** Every event that the state's screen can yield, or that it may be told while it waits. */
export function eventsAt({ flow, position }: Visit): FlowEvent[] {
  const meta = metaOf(flow, position.state);
  if (meta === undefined || meta.end === true) return [];
  if (meta.waits === true) return [...answers];
  const names = [...(meta.choices ?? []), ...Object.keys(meta.keys ?? {})];
  return [
    ...names
      .filter((name) => name !== '')
      .map((name): FlowEvent => ({ type: `choose.${name}` })),
    { type: 'more' },
    ...typed
      .filter((digits) => takesLength(meta, digits.length))
      .map((digits): FlowEvent => ({ type: 'enter', digits })),
  ];
}

function takesLength(
  { entry = [], range }: { entry?: readonly number[]; range?: true },
  length: number,
): boolean {
  const [least = 0, most = 0] = entry;
  return range === true
    ? length >= least && length <= most
    : entry.includes(length);
}

function keyOf({ position, dossier }: Visit): string {
  return JSON.stringify([position, dossier.level]);
}

function throughJson(position: Position): Position {
  // A position is plain JSON by its type; the round trip is what is tried.
  return JSON.parse(JSON.stringify(position)) as Position;
}
