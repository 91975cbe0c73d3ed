import { flows } from '../../flows';
import type {
  Command,
  Dossier,
  FlowEvent,
  FlowName,
  Handover,
  Values,
} from '../../flows/contract';
import { openChart } from '../../src/ussd/turn';
import { follow, type Visit } from './explore';

/** One flow, told event by event; its memory goes through JSON in between. */
export interface ACall {
  readonly state: string;
  /** What the newest event made the flow decide. */
  readonly commands: readonly Command[];
  readonly values: Values;
  choose(...choices: string[]): ACall;
  type(digits: string): ACall;
  more(): ACall;
  tell(event: FlowEvent): ACall;
  /** The same call after its facts were read again. */
  rereading(dossier: Dossier): ACall;
  offers(choice: string): boolean;
  hasMore(): boolean;
}

/** Opens a flow for a caller. */
export function aCall(
  name: FlowName,
  dossier: Dossier,
  handover?: Handover,
): ACall {
  const opened = openChart(flows[name], {
    dossier,
    ...(handover === undefined ? {} : { with: handover }),
  });
  return callAt({ flow: flows[name], who: 'test', dossier, ...opened });
}

function callAt(visit: Visit): ACall {
  const { flow, position, dossier } = visit;
  const after = (event: FlowEvent): ACall => {
    const next = follow(visit, event);
    if (next !== undefined) return callAt(next);
    throw new Error(`${flow.name}.${position.state} refuses ${event.type}`);
  };
  return {
    state: position.state,
    commands: visit.commands,
    values: flow.values(position.state, { ...position.memory, dossier }),
    choose: (...choices) =>
      choices.reduce<ACall>(
        (call, choice) => call.tell({ type: `choose.${choice}` }),
        callAt(visit),
      ),
    type: (digits) => after({ type: 'enter', digits }),
    more: () => after({ type: 'more' }),
    tell: after,
    rereading: (reread) => callAt({ ...visit, dossier: reread }),
    offers: (choice) =>
      follow(visit, { type: `choose.${choice}` }) !== undefined,
    hasMore: () => follow(visit, { type: 'more' }) !== undefined,
  };
}
