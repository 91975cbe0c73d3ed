import { campaignHistory } from '../campaigns/queries';
import type { Database } from '../runtime/database';
import { eventTitles } from './campaign-words';
import { grouped } from './grouped';

/** One line of a campaign's history, for people. */
export interface StoryLine {
  title: string;
  actor: string;
  at: Date;
  because: string | undefined;
  messages: string | undefined;
}

/** What happened to a campaign, the newest first. */
export async function storyOf(
  db: Pick<Database, 'pool'>,
  id: number,
): Promise<StoryLine[]> {
  const events = await campaignHistory(db, id);
  return events
    .map(({ kind, actor, detail, happenedAt }) => {
      const messages: unknown = Reflect.get(Object(detail), 'messages');
      const because: unknown = Reflect.get(Object(detail), 'because');
      return {
        title: eventTitles[kind] ?? kind,
        actor: actor ?? 'Le service',
        at: happenedAt,
        because: typeof because === 'string' ? because : undefined,
        messages: typeof messages === 'number' ? grouped(messages) : undefined,
      };
    })
    .reverse();
}
