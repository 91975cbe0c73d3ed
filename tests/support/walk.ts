import { saysTryLater, type CountedCall, type Step } from './counted-phones';

/** A call, what is to be typed in it, and how far it is. */
export interface Walk {
  call: CountedCall;
  steps: readonly Step[];
  at: number;
  /** What was read instead of what should have been. */
  wrong: string[];
  /** Steps that were told to try later, and came again. */
  tryLater: number;
}

const mostTries = 10;

/** A call that has not begun. */
export function aWalk(call: CountedCall, steps: readonly Step[]): Walk {
  return { call, steps, at: 0, wrong: [], tryLater: 0 };
}

/** Goes on until so many steps are taken, or to the end; a step that is told to try later is tried again. */
export async function walkOn(walk: Walk, until?: number): Promise<void> {
  const end = Math.min(until ?? walk.steps.length, walk.steps.length);
  while (walk.at < end) {
    const step = walk.steps[walk.at];
    walk.at += 1;
    if (step === undefined) return;
    const { call } = walk;
    let read =
      step.type === '' ? await call.dial() : await call.type(step.type);
    for (let tries = 1; saysTryLater(read) && tries < mostTries; tries += 1) {
      walk.tryLater += 1;
      read = await call.send(call.path);
    }
    if (!step.reads.test(read)) walk.wrong.push(`${call.path}: ${read}`);
  }
}

/** What all of them read instead of what they should have. */
export function wrongOf(walks: readonly Walk[]): string[] {
  return walks.flatMap(({ wrong }) => wrong);
}

/** How often callers were told to try later. */
export function triedLater(walks: readonly Walk[]): number {
  return walks.reduce((sum, { tryLater }) => sum + tryLater, 0);
}
