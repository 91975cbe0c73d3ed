/** How much one statement takes, and how many run at once. */
export interface GatherLimits<In> {
  weigh: (item: In) => number;
  most: number;
  atOnce: number;
}

/**
 * Does together what is asked for while earlier work is under way: one statement, and one wait for the disk, for all
 * that came meanwhile.
 * @param work gives one result for each item, in their order; when it throws, each of them fails
 */
export function gather<In, Out>(
  work: (items: In[]) => Promise<readonly Out[]>,
  limits: GatherLimits<In>,
): (item: In) => Promise<Out> {
  const waiting: {
    item: In;
    resolve: (out: Out) => void;
    reject: (error: unknown) => void;
  }[] = [];
  let running = 0;
  let asked = false;
  const start = (): void => {
    asked = false;
    while (running < limits.atOnce && waiting.length > 0) {
      running += 1;
      void run(waiting.splice(0, fitting(waiting, limits))).finally(() => {
        running -= 1;
        start();
      });
    }
  };
  const run = async (taken: typeof waiting): Promise<void> => {
    try {
      const out = await work(taken.map(({ item }) => item));
      taken.forEach(({ resolve }, at) => {
        // The law of `work`: one result an item.
        resolve(out[at] as Out);
      });
    } catch (error) {
      taken.forEach(({ reject }) => {
        reject(error);
      });
    }
  };
  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      // What is asked for in the same turn of the event loop goes together.
      if (!asked) setImmediate(start);
      asked = true;
    });
}

/** How many from the front go together: at least one. */
function fitting<In>(
  waiting: readonly { item: In }[],
  { weigh, most }: GatherLimits<In>,
): number {
  let weight = 0;
  const end = waiting.findIndex(({ item }) => {
    weight += weigh(item);
    return weight > most;
  });
  return end === -1 ? waiting.length : Math.max(end, 1);
}
