import {
  OPERATOR_PREFIXES,
  operatorOf,
  parseCaller,
  type Operator,
} from '../text/msisdn';

/** Where messages queue up behind each other: by the network of their number, or among all `other`. */
export type OperatorLane = Operator | 'other';

/** Every lane. */
export const operatorLanes: readonly OperatorLane[] = [
  'orange',
  'malitel',
  'telecel',
  'other',
];

/** The lane of a number, as `operator_of` of the store has it. */
export function laneOf(msisdn: string): OperatorLane {
  const number = parseCaller(msisdn);
  return (number === undefined ? undefined : operatorOf(number)) ?? 'other';
}

/** Numbers that stand for a lane: one of each range of its network, one of a neighbour for all others. */
export function samplesOf(lane: OperatorLane): string[] {
  return lane === 'other'
    ? ['+22600000000', '+22380000000']
    : OPERATOR_PREFIXES[lane].map((prefix) => `+223${prefix.padEnd(8, '0')}`);
}
