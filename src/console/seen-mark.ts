import type { SeenMark } from '../complaints/new-arrivals';
import { isIsoDay } from '../text/dates';

/** A mark as an address carries it: `2026-03-10~4`. */
export function seenMarkWord({ from, filed }: SeenMark): string {
  return `${from}~${filed}`;
}

/** Reads such a mark; undefined for anything else. */
export function readSeenMark(word: string | undefined): SeenMark | undefined {
  const [from = '', filed = '', more] = word?.split('~') ?? [];
  return more === undefined && isIsoDay(from) && /^\d{1,9}$/.test(filed)
    ? { from, filed: Number(filed) }
    : undefined;
}
