import type { BoardRow } from '../campaigns/board';
import { grouped } from './grouped';

const columns = [
  ...(['delivered', 'sent', 'failed', 'unknown', 'waiting'] as const),
  ...(['noPhone', 'optedOut', 'skipped'] as const),
];

/** A line of the board: its counts as people read them, and how many in a hundred have heard. */
export function boardRow(row: BoardRow) {
  const { households, delivered, sent } = row;
  return {
    households: grouped(households),
    heard: Math.round((100 * (delivered + sent)) / Math.max(1, households)),
    counts: columns.map((column) => grouped(row[column])),
  };
}
