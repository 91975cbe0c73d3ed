import { randomInt } from 'node:crypto';
import { coverSealedCalls } from '../complaints/cover-sealed-calls';
import type { Job } from './run-every';

/** On average so long between two covers of one process, in milliseconds. */
export const coverMeanMs = 10_000;

const draws = 2 ** 32;

/**
 * Draws how long to wait for the next cover. Exponential: however long one has
 * watched, the next is as likely in this second as in any other, so that a case
 * in between looks like one of them.
 */
export function drawCoverMs(): number {
  return -coverMeanMs * Math.log(randomInt(1, draws) / draws);
}

/**
 * Writes sealed slots anew at moments that tell nothing. It runs in every process
 * that answers callers, on the connections that write cases, and leaves no line
 * and no figure: whoever could count these could tell the others.
 */
export function sealedCover(deps: Parameters<typeof coverSealedCalls>[0]): Job {
  return {
    name: 'cover sealed calls',
    everyMs: drawCoverMs,
    isUntold: true,
    async run() {
      await coverSealedCalls(deps);
      return 0;
    },
  };
}
