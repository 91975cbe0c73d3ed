import type { KeypadEvent, ScreenMeta } from '../../flows/contract';

/** What a reply means on the screen that the caller sees. */
export type Meaning =
  | { kind: 'event'; event: KeypadEvent }
  | { kind: 'back' }
  | { kind: 'home' }
  | { kind: 'nextPage' }
  | { kind: 'invalid' };

function isEntry(meta: ScreenMeta, digits: string): boolean {
  const lengths = meta.entry ?? [];
  if (meta.range) {
    const [least = 0, most = 0] = lengths;
    return digits.length >= least && digits.length <= most;
  }
  return lengths.includes(digits.length);
}

/**
 * Reads a reply by the keys that the state declares. A digit entry may hold
 * spaces, as cards and references are printed in groups.
 * @param takes whether the chart can take an event where it stands
 * @param hasNextPage key 9 turns the page before it means anything else
 */
export function meaningOf(
  reply: string,
  meta: ScreenMeta,
  hasNextPage: boolean,
  takes: (event: KeypadEvent) => boolean,
): Meaning {
  const key = reply.trim();
  if (key === '00') {
    return { kind: 'home' };
  }
  if (key === '0' && !isEntry(meta, key)) {
    return { kind: 'back' };
  }
  if (key === '9' && hasNextPage) {
    return { kind: 'nextPage' };
  }
  const event = eventOf(key, meta);
  return event !== undefined && takes(event)
    ? { kind: 'event', event }
    : { kind: 'invalid' };
}

function eventOf(key: string, meta: ScreenMeta): KeypadEvent | undefined {
  const digits = key.replaceAll(' ', '');
  if (!/^\d+$/.test(digits)) {
    return undefined;
  }
  const named = Object.entries(meta.keys ?? {}).find(([, k]) => k === key);
  if (named !== undefined) {
    return { type: `choose.${named[0]}` };
  }
  const choice = /^[1-8]$/.test(key) ? meta.choices?.[Number(key) - 1] : '';
  if (choice !== undefined && choice !== '') {
    return { type: `choose.${choice}` };
  }
  if (isEntry(meta, digits)) {
    return { type: 'enter', digits };
  }
  return key === '9' ? { type: 'more' } : undefined;
}
