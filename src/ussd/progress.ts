import type { UssdTurn } from '../channels/contract';
import { keyedHash } from '../runtime/keyed-hash';
import type { Progress } from './conversation';

/** How a step relates to what is kept of the call. */
export type Advance =
  /** The same step again: the stored screen is the answer. */
  | { kind: 'again' }
  /** New replies, in order; more than one when a step was skipped on the way. */
  | { kind: 'onward'; replies: readonly string[] }
  /** An old step that arrives after newer ones: it is answered and changes nothing. */
  | { kind: 'late' }
  /** Another path altogether; where one reply alone is told, also the same id dialled anew. */
  | { kind: 'elsewhere' };

/** More steps than any call has; beyond it somebody plays. */
export const maxReplies = 60;

/** Hash of a path; the path itself, which holds card digits, is never kept. */
function pathHash(hashKey: string, path: string): string {
  return keyedHash(hashKey, 'path', path);
}

/** Enough of a hash to tell one path of a call from another. */
const earlierLength = 16;

/** The paths at which the replies of a path end, from the dial up to its last but one. */
function pathsBefore(path: string): string[] {
  if (path === '') {
    return [];
  }
  const replies = path.split('*', maxReplies);
  return replies.map((_, at) => replies.slice(0, at).join('*'));
}

/** What is kept of a step, to recognise its repetition and the next. */
export function progressOf(hashKey: string, turn: UssdTurn): Progress {
  const { input } = turn;
  return input.mode === 'cumulative'
    ? {
        mode: 'cumulative',
        pathHash: pathHash(hashKey, input.path),
        length: input.path.length,
        earlier: pathsBefore(input.path).map((path) =>
          pathHash(hashKey, path).slice(0, earlierLength),
        ),
      }
    : { mode: 'incremental', sequence: input.sequence };
}

/** What is kept after a step that went on from where the call stood, or began it. */
export function progressAfter(
  hashKey: string,
  before: Progress,
  turn: UssdTurn,
): Progress {
  const { input } = turn;
  if (input.mode !== 'cumulative' || before.mode !== 'cumulative') {
    return progressOf(hashKey, turn);
  }
  if (before.length === input.path.length) {
    return before;
  }
  const skipped = pathsBefore(input.path).filter(
    ({ length }) => length > before.length,
  );
  const onTheWay = [
    before.pathHash,
    ...skipped.map((path) => pathHash(hashKey, path)),
  ];
  return {
    mode: 'cumulative',
    pathHash: pathHash(hashKey, input.path),
    length: input.path.length,
    earlier: [
      ...before.earlier,
      ...onTheWay.map((hash) => hash.slice(0, earlierLength)),
    ],
  };
}

function cumulative(
  hashKey: string,
  kept: Extract<Progress, { mode: 'cumulative' }>,
  path: string,
): Advance {
  const begins = pathHash(hashKey, path.slice(0, kept.length));
  if (path.length < kept.length) {
    return kept.earlier.includes(begins.slice(0, earlierLength))
      ? { kind: 'late' }
      : { kind: 'elsewhere' };
  }
  if (begins !== kept.pathHash) {
    return { kind: 'elsewhere' };
  }
  if (path.length === kept.length) {
    return { kind: 'again' };
  }
  if (kept.length === 0) {
    return { kind: 'onward', replies: path.split('*') };
  }
  return path[kept.length] === '*'
    ? { kind: 'onward', replies: path.slice(kept.length + 1).split('*') }
    : { kind: 'elsewhere' };
}

/** Compares a step with what is kept of its call. */
export function advanceOf(
  hashKey: string,
  kept: Progress,
  turn: UssdTurn,
): Advance {
  const { input } = turn;
  if (input.mode === 'cumulative') {
    return kept.mode === 'cumulative'
      ? cumulative(hashKey, kept, input.path)
      : { kind: 'elsewhere' };
  }
  if (kept.mode !== 'incremental') {
    return { kind: 'elsewhere' };
  }
  const repeated =
    input.sequence !== undefined && input.sequence === kept.sequence;
  if (repeated) {
    return { kind: 'again' };
  }
  return input.start
    ? { kind: 'elsewhere' }
    : { kind: 'onward', replies: [input.reply] };
}
