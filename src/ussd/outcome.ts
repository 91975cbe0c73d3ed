import type { Answer } from '../../flows/contract';
import type { Conversation, Opening } from './conversation';

/** What carrying out a command leads to. */
export interface Outcome {
  /** Told to the chart that asked. */
  answer?: Answer;
  /** What the conversation becomes. */
  change?: Partial<Conversation>;
  /** The flow to enter. */
  open?: Opening;
}
