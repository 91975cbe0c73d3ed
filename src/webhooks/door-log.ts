/** What happened at a door that the operator of the service may want counted. */
export type DoorEvent =
  | 'forged'
  | 'wrongMethod'
  | 'tooLarge'
  | 'slowBody'
  | 'unreadable'
  | 'failed'
  | 'late';

/** Where doors tell what went wrong: a line each for what somebody should look at, a count for all. */
export interface DoorLog {
  log: {
    warn: (facts: DoorFacts, message: string) => void;
    error: (facts: DoorFacts, message: string) => void;
  };
  count?: (event: DoorEvent, gateway: string) => void;
}

/** Never what the request held: only the gateway and why. */
export interface DoorFacts {
  gateway: string;
  reason?: string;
  err?: unknown;
}
