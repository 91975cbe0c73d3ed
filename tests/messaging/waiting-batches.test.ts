import type { ClaimedMessage } from '../../src/messaging/claimed-message';
import { waitingBatches } from '../../src/messaging/waiting-batches';
import { playedGateway, type PlayedGateway } from '../support/sms-queue';

function message(
  id: number,
  given: Partial<ClaimedMessage> = {},
): ClaimedMessage {
  return {
    ...{ id, msisdn: `+2237000000${id}`, class: 'campaign', text: 'same' },
    ...{ encoding: 'gsm7', segments: 1, operator: 'orange', attempts: 0 },
    subjectId: 1,
    claimedAt: new Date(0),
    ...given,
  };
}

function filled(
  ...lines: [PlayedGateway, ...ClaimedMessage[]][]
): ReturnType<typeof waitingBatches> {
  const waiting = waitingBatches();
  for (const [gateway, ...messages] of lines)
    for (const one of messages) waiting.add(gateway, one);
  return waiting;
}

const always = (): boolean => true;
const many = playedGateway('many', { mostRecipients: 3 });
const single = playedGateway('single');

test('the same text goes together, up to what one request takes; another text or alphabet goes apart', () => {
  const waiting = filled([
    many,
    message(1),
    message(2, { text: 'other' }),
    message(3),
    message(4, { encoding: 'ucs2' }),
    message(5),
    message(6),
  ]);
  const batches = Array.from({ length: 4 }, () =>
    waiting.next(always)?.messages.map(({ id }) => id),
  );
  expect(batches).toEqual([[1, 3, 5], [6], [2], [4]]);
  expect(waiting.next(always)).toBeUndefined();
});

test('where a request takes one number, each message goes alone', () => {
  const waiting = filled([single, message(1), message(2)]);
  expect(waiting.next(always)?.messages).toHaveLength(1);
});

test('what was asked for overtakes what was claimed before', () => {
  const waiting = filled(
    [single, message(1), message(2, { class: 'reminder' })],
    [single, message(3, { class: 'reply' })],
  );
  expect([waiting.ahead('reply'), waiting.ahead('campaign')]).toEqual([1, 3]);
  const order = Array.from(
    { length: 3 },
    () => waiting.next(always)?.messages[0]?.id,
  );
  expect(order).toEqual([3, 2, 1]);
});

test('a gateway that takes no more keeps no message of another', () => {
  const waiting = filled([single, message(1)], [many, message(2)]);
  const batch = waiting.next((gateway) => gateway !== 'single');
  expect(batch?.gateway.name).toBe('many');
});

test('what may not go is taken out, and named', () => {
  const waiting = filled(
    [single, message(1), message(2, { class: 'reply' })],
    [many, message(3)],
  );
  const dropped = waiting.drop(
    (gateway, { class: name }) => gateway === 'many' || name === 'reply',
  );
  expect(dropped).toEqual([1]);
  expect(waiting.ahead('campaign')).toBe(2);
});
