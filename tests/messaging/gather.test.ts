import { gather } from '../../src/messaging/gather';

/** Work that waits until the test lets it end, and notes what it was given together. */
function heldWork() {
  const together: number[][] = [];
  const ends: (() => void)[] = [];
  return {
    together,
    end: () => ends.shift()?.(),
    work: (items: number[]) => {
      together.push(items);
      return new Promise<number[]>((resolve) => {
        ends.push(() => {
          resolve(items.map((item) => item * 10));
        });
      });
    },
  };
}

const turn = () => new Promise(setImmediate);
const limits = { weigh: () => 1, most: 3, atOnce: 1 };

test('what is asked for while work is under way is done together afterwards, each with its own result', async () => {
  const { work, together, end } = heldWork();
  const ask = gather(work, limits);
  const first = ask(1);
  await turn();
  const others = [2, 3, 4, 5].map(ask);
  await turn();
  expect(together).toEqual([[1]]);
  end();
  expect(await first).toBe(10);
  await turn();
  expect(together).toEqual([[1], [2, 3, 4]]);
  end();
  await turn();
  end();
  expect(await Promise.all(others)).toEqual([20, 30, 40, 50]);
  expect(together).toHaveLength(3);
});

test('an item heavier than the limit goes alone', async () => {
  const together: number[][] = [];
  const ask = gather(
    (items: number[]) => {
      together.push(items);
      return Promise.resolve(items);
    },
    { weigh: (item) => item, most: 5, atOnce: 1 },
  );
  await Promise.all([4, 9, 1, 2].map(ask));
  expect(together).toEqual([[4], [9], [1, 2]]);
});

test('work that fails fails for all that it was done for, and later work goes on', async () => {
  let calls = 0;
  const ask = gather((items: number[]) => {
    calls += 1;
    return calls === 1
      ? Promise.reject(new Error('away'))
      : Promise.resolve(items);
  }, limits);
  const outcomes = await Promise.allSettled([ask(1), ask(2)]);
  expect(outcomes.map(({ status }) => status)).toEqual([
    'rejected',
    'rejected',
  ]);
  expect(await ask(3)).toBe(3);
});
