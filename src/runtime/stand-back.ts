import { setPriority } from 'node:os';
import type { Log } from './logger';

/** How far behind the processes that answer callers, on the scale of `nice`. */
const BEHIND = 10;

/** Lets processes of the same machine that somebody waits for go first. Where that is not allowed, nothing changes. */
export function standBack(log: Pick<Log, 'debug'>): void {
  try {
    setPriority(BEHIND);
  } catch (error) {
    log.debug('priority not changed', { error });
  }
}
