/** Says that work took longer than the other side may wait. The work itself goes on unheard. */
export class Late extends Error {
  constructor(deadlineMs: number) {
    super(`no answer within ${deadlineMs} ms`);
    this.name = 'Late';
  }
}

/**
 * The outcome of the work, if it comes in time.
 * @throws Late when it does not; what the work throws, when it throws first.
 */
export function inTime<T>(
  deadlineMs: number,
  work: () => Promise<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const overdue = setTimeout(() => reject(new Late(deadlineMs)), deadlineMs);
    const settled = () => clearTimeout(overdue);
    // `async` so that a throw before the first await is a rejection too.
    void (async () => work())().then(resolve, reject).finally(settled);
  });
}
