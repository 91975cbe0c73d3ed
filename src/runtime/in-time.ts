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
    // A throw before the first await is a rejection too, by the rule of executors.
    const outcome = work();
    const overdue = setTimeout(() => reject(new Late(deadlineMs)), deadlineMs);
    outcome.then(
      (value) => {
        clearTimeout(overdue);
        resolve(value);
      },
      (error: unknown) => {
        clearTimeout(overdue);
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- handed on as it was thrown
        reject(error);
      },
    );
  });
}
