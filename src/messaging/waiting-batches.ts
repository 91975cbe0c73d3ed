import type { SmsGateway } from '../channels/sms-contract';
import type { Batch, ClaimedMessage } from './claimed-message';
import { type MessageClass, messageClasses } from './message-class';

/** Messages that this sender holds and that wait for a free request. */
export interface WaitingBatches {
  add: (gateway: SmsGateway, message: ClaimedMessage) => void;
  /**
   * The next request: what is of the first class that waits, with all that have the same text.
   * @param isFree whether a gateway takes one more request
   */
  next(isFree: (gateway: string) => boolean): Batch | undefined;
  /** How many wait that go before this class, or are of it. */
  ahead(messageClass: MessageClass): number;
  /** Takes out what may not go now. @returns the ids, to be given back */
  drop(mayGo: (gateway: string, message: ClaimedMessage) => boolean): number[];
}

/** What waits of one class for one gateway, gathered by text in the order of claims. */
interface Line {
  gateway: SmsGateway;
  messageClass: MessageClass;
  groups: Map<string, ClaimedMessage[]>;
  count: number;
}

/** Keeps what is claimed in the order of classes, gathered by text. */
export function waitingBatches(): WaitingBatches {
  const lines: Line[] = [];
  const lineOf = (gateway: SmsGateway, messageClass: MessageClass): Line => {
    const found = lines.find(
      (line) =>
        line.gateway.name === gateway.name &&
        line.messageClass === messageClass,
    );
    if (found !== undefined) return found;
    const line = { gateway, messageClass, groups: new Map(), count: 0 };
    lines.push(line);
    lines.sort((a, b) => turnOf(a.messageClass) - turnOf(b.messageClass));
    return line;
  };
  return {
    add: (gateway, message) => {
      join(lineOf(gateway, message.class), message);
    },
    next(isFree) {
      const line = lines.find(
        ({ gateway, count }) => count > 0 && isFree(gateway.name),
      );
      return line === undefined ? undefined : takeFrom(line);
    },
    ahead: (messageClass) =>
      lines
        .filter((line) => turnOf(line.messageClass) <= turnOf(messageClass))
        .reduce((sum, { count }) => sum + count, 0),
    drop: (mayGo) =>
      lines.flatMap((line) =>
        dropFrom(line, (one) => mayGo(line.gateway.name, one)),
      ),
  };
}

function turnOf(messageClass: MessageClass): number {
  return messageClasses.indexOf(messageClass);
}

function join(line: Line, message: ClaimedMessage): void {
  // Where a request takes one number, texts need not be compared.
  const key =
    line.gateway.mostRecipients === 1
      ? String(message.id)
      : `${message.encoding} ${message.text}`;
  const group = line.groups.get(key);
  if (group === undefined) line.groups.set(key, [message]);
  else group.push(message);
  line.count += 1;
}

function takeFrom(line: Line): Batch | undefined {
  for (const [key, group] of line.groups) {
    const messages = group.splice(0, line.gateway.mostRecipients);
    if (group.length === 0) line.groups.delete(key);
    line.count -= messages.length;
    return { gateway: line.gateway, messages };
  }
  return undefined;
}

function dropFrom(
  line: Line,
  mayGo: (message: ClaimedMessage) => boolean,
): number[] {
  const dropped: number[] = [];
  for (const [key, group] of line.groups) {
    const stay = group.filter(mayGo);
    if (stay.length === group.length) continue;
    dropped.push(...group.filter((one) => !mayGo(one)).map(({ id }) => id));
    if (stay.length === 0) line.groups.delete(key);
    else line.groups.set(key, stay);
  }
  line.count -= dropped.length;
  return dropped;
}
