import { beginRequests, beginSql, begunOf } from './begin-requests';
import type { Batch, BegunMessage } from './claimed-message';
import type { Claimant } from './claim-due';
import {
  type Answered,
  type MarkDeps,
  markAnswers,
  sentColumns,
  sentSql,
} from './mark-answers';

/** What one request was answered, if one was made, and the request that takes its place, if there is one. */
export interface Turn {
  answers: readonly Answered[];
  batch: Batch | undefined;
}

const begin = beginSql({
  ...{ now: '$1', sender: '$7', ids: '$8', gateways: '$9' },
});
const turn = `with answered as (${sentSql}) ${begin}`;

/**
 * Stores what requests were answered and writes down that those which follow begin: in one statement where all were
 * taken, as nearly always. No more messages are ever without an answer in the store than requests are under way.
 * @returns of each turn what may go of its batch
 */
export async function turnRequests(
  house: Claimant & MarkDeps,
  turns: readonly Turn[],
): Promise<BegunMessage[][]> {
  const answers = turns.flatMap((one) => one.answers);
  const batches = turns.flatMap(({ batch }) => batch ?? []);
  const begun = await turned(house, answers, batches);
  return turns.map(({ batch }) =>
    batch === undefined ? [] : (begun.shift() ?? []),
  );
}

async function turned(
  house: Claimant & MarkDeps,
  answers: readonly Answered[],
  batches: readonly Batch[],
): Promise<BegunMessage[][]> {
  const isTogether =
    batches.length > 0 &&
    answers.length > 0 &&
    answers.every(({ fate }) => fate.to === 'sent');
  if (!isTogether) {
    await markAnswers(house, answers);
    return batches.length === 0 ? [] : beginRequests(house, batches);
  }
  const now = house.clock.now();
  const { rows } = await house.db.pool.query<{ id: number }>(turn, [
    ...[now, ...sentColumns(house.pricesNow(), answers), house.sender],
    batches.flatMap(({ messages }) => messages.map(({ id }) => id)),
    batches.flatMap(({ gateway, messages }) =>
      messages.map(() => gateway.name),
    ),
  ]);
  return begunOf(batches, rows, now);
}
