import type { SmsGateway } from '../channels/sms-contract';
import type { Encoding } from '../text/segments';
import type { MessageClass } from './message-class';
import type { OperatorLane } from './operator-lane';

/** A message that this sender holds. Nobody else sends it, and no request has begun. */
export interface ClaimedMessage {
  id: number;
  msisdn: string;
  class: MessageClass;
  /** What it speaks of; of a campaign's, the campaign. */
  subjectId: number;
  text: string;
  encoding: Encoding;
  segments: number;
  operator: OperatorLane;
  /** Requests begun for it before. */
  attempts: number;
  /** Which claim holds it: given back and claimed again, it has another. */
  claimedAt: Date;
}

/** A message whose request has begun: its answer is stored only while this is still its newest request. */
export interface BegunMessage extends ClaimedMessage {
  begunAt: Date;
}

/** What goes to a gateway in one request: one text, for one number or many. */
export interface Batch<Message extends ClaimedMessage = ClaimedMessage> {
  gateway: SmsGateway;
  messages: readonly Message[];
}
