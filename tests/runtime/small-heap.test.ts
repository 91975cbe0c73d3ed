import { execFileSync } from 'node:child_process';
import path from 'node:path';

const runTypescript = path.join(__dirname, '../support/run-typescript.cjs');
const smallHeap = path.join(__dirname, '../../src/runtime/small-heap.ts');

// Sessions that live for a while, as many at once as in a busy minute: all of them outlive the young generation.
const busy = `
  const kept = new Map();
  let most = 0;
  for (let n = 0; n < 3e6; n += 1) {
    kept.set(n % 200000, { n, text: ['a', n, 'b'] });
    if (n % 20000 === 0) most = Math.max(most, process.memoryUsage().heapTotal);
  }
  console.log(most / 1048576);`;

/** MiB of heap that a busy process takes at most. */
function mostTaken(first: string): number {
  const words = ['--require', runTypescript, '-e', first + busy];
  return Number(execFileSync(process.execPath, words, { encoding: 'utf8' }));
}

test('a busy process takes less memory, and as much as it needs', () => {
  const small = `require(${JSON.stringify(smallHeap)}).keepHeapSmall();`;
  expect(mostTaken(small)).toBeLessThan(0.9 * mostTaken(''));
});
