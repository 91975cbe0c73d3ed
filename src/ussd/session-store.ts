/** What the store says of a session at the start of a step. */
export interface Loaded {
  /** The kept conversation, sealed; absent when there is none. */
  session: string | undefined;
  /** How far on the kept call is, readable even where its seal is not; 0 when there is none. */
  seq: number;
  /** The conversation of the same phone's last call, when asked for and not too old. */
  earlier: string | undefined;
  /**
   * The store is too young to tell "never seen" from "forgotten": a step
   * without a session may belong to a call that it has lost.
   */
  mayHaveForgotten: boolean;
}

/** One step to keep. */
export interface Kept {
  sessionKey: string;
  /** `seq` of the conversation that the step began with; 0 when there was none. */
  expectedSeq: number;
  seq: number;
  value: string;
  /**
   * Under which key a redial of the same phone finds this call; told once, and
   * remembered for longer than the call is kept. Absent when it must not.
   */
  callerKey: string | undefined;
}

/**
 * Where conversations rest between steps. Two implementations, memory and
 * Redis, pass one contract test. Keys are keyed hashes and values are sealed
 * before they come here.
 */
export interface SessionStore {
  load(sessionKey: string, callerKey?: string): Promise<Loaded>;
  /** `lost` when another answer to the same call was kept first. */
  save(kept: Kept): Promise<'kept' | 'lost'>;
}

/** A call is over for every gateway long before this. */
export const sessionLifeSeconds = 600;

/** From its dial on, a call is found by its phone for as long as it can be kept. */
export const callerLifeSeconds = 2 * sessionLifeSeconds;
