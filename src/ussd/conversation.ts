import type { Dossier, FlowName, Handover } from '../../flows/contract';

/** A screen as the caller sees it. */
export interface Shown {
  text: string;
  /** The call ends with it. */
  end: boolean;
  /** There is more of it under key 9. */
  hasNextPage: boolean;
}

/** Where a call stands: one flow, one state, and what the chart remembers. */
export interface Position {
  flow: FlowName;
  version: number;
  state: string;
  /** The chart's context without the dossier. */
  memory: Readonly<Record<string, unknown>>;
  /** Page of a screen that does not fit one; 0 is the first. */
  page: number;
}

/** Who was proved in this call; never leaves the session. */
export interface Proof {
  householdId: number;
  level: 'L1b' | 'L1';
  /** Whether the dossier holds the household's activities too: they are read when first spoken of. */
  knowsActivities: boolean;
}

/** How the newest step is recognised without keeping what was typed. */
export type Progress =
  | {
      mode: 'cumulative';
      pathHash: string;
      length: number;
      /** Beginnings of the hashes of the paths on the way here: an old step that arrives late is one of them. */
      earlier: readonly string[];
    }
  | { mode: 'incremental'; sequence: string | undefined };

/** Raised when the shape of a conversation changes: calls under way then begin again. */
export const conversationShape = 4;

/** Everything that is kept between two steps of a call. */
export interface Conversation {
  shape: typeof conversationShape;
  /** Grows by one with every step that is kept. */
  seq: number;
  locale: string | undefined;
  dossier: Dossier;
  proof: Proof | undefined;
  position: Position;
  /** Earlier resting positions, oldest first; key 0 goes back along them. */
  trail: readonly Position[];
  progress: Progress;
  shown: Shown;
  /** Where a published tail leads once the language is chosen. */
  tail: string | undefined;
  /** What a redial may go on with. */
  offer: { position: Position; trail: readonly Position[] } | undefined;
  /** References of what was filed in this call. */
  filed: readonly string[];
  /**
   * Drawn at the dial of a call whose gateway tells one reply alone: begun again
   * under the same session id, it is another call. Empty where the path tells.
   */
  callId: string;
  /** Steps so far: with the call's id, a place of its own for every effect. */
  steps: number;
}

/** The longest way back that is kept. */
export const trailLimit = 8;

/** A flow to enter, with what the last one hands over. */
export interface Opening {
  flow: FlowName;
  with?: Handover;
}
