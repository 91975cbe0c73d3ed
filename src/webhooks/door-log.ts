import type { Log } from '../runtime/logger';

/** What happened at a door that the operator of the service may want counted. */
export type DoorEvent =
  | 'forged'
  | 'noDoor'
  | 'wrongMethod'
  | 'tooLarge'
  | 'slowBody'
  | 'unreadable'
  | 'failed'
  | 'late';

/** Where doors tell what went wrong: a line for what somebody should look at, a count for all. */
export interface DoorLog {
  log: Pick<Log, 'warn' | 'error'>;
  count?: (event: DoorEvent, gateway: string) => void;
}
