import type { FlowName } from '../../flows/contract';

/**
 * Flows of whose steps the log and the figures by screen tell nothing. In a quiet
 * hour the time of a line in a request without a name would lead to its caller, and
 * a request is nameless only at its end. Of the two call-backs one alone leaves a
 * row: last screens counted, less rows, would be the sealed ones.
 */
const unjournalled: ReadonlySet<FlowName> = new Set(['complaint', 'help']);

/**
 * Whether a step that has come to this flow is told. No line tells which call it
 * belongs to either: one row of the store that has its minute would name all of them.
 */
export function isJournalled(flow: FlowName): boolean {
  return !unjournalled.has(flow);
}
