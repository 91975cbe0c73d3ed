import type { DoorLog } from './door-log';
import { refuse } from './refuse';
import type { WebhookListener } from './gateway-doors';

/** Answers whoever knocks under `/webhooks` where no door is as a wrong token is answered; passes all else on. */
export function noDoor({ count }: Pick<DoorLog, 'count'>): WebhookListener {
  return (request, response, next) => {
    if (!/^\/webhooks(?:[/?]|$)/.test(request.url ?? '')) {
      next();
      return;
    }
    count?.('noDoor', 'unknown');
    refuse(request, response, 404);
  };
}
