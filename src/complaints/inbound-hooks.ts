import type { InboundHooks } from '../messaging/take-inbound';
import { answerBySms } from '../payments/answer-by-sms';
import type { Log } from '../runtime/logger';
import { replyToQuestion } from './reply-to-question';
import { hasSealedWords } from './sealed-words';
import { sealWords } from './seal-words';

/** What the rooms above messages do with an SMS: payments take answers, the sealed line takes what only it may read. */
export function inboundHooks(deps: {
  hashKey: string;
  log: Pick<Log, 'error'>;
}): InboundHooks {
  return {
    takeReply: replyToQuestion,
    takeAnswer: answerBySms,
    isSealed: hasSealedWords,
    async seal(desk, sms) {
      const isKept = await sealWords({ ...desk, hashKey: deps.hashKey }, sms);
      // The neutral alert: whoever runs the service must see to it that the line has its key.
      if (!isKept)
        deps.log.error('an SMS could not be kept: sealed line without a key');
    },
  };
}
