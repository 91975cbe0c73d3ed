import { setTimeout as pause } from 'node:timers/promises';
import type { CampaignNumbers } from '../../src/campaigns/reckon-campaign';
import { reckonings } from '../../src/campaigns/reckonings';

const campaign = { id: 1, version: 1, frozenAt: null, state: 'draft' as const };
// What it counts does not matter here.
const numbers = { messages: 7 } as CampaignNumbers;

test('what is counted soon is told at once, and told again for a while without counting', async () => {
  const reckon = jest.fn(() => Promise.resolve(numbers));
  const kept = reckonings({ patienceMs: 50, keptMs: 60 });
  expect(await kept.of(campaign, reckon)).toBe(numbers);
  expect(await kept.of(campaign, reckon)).toBe(numbers);
  expect(reckon).toHaveBeenCalledTimes(1);
  expect(await kept.of({ ...campaign, version: 2 }, reckon)).toBe(numbers);
  expect(reckon).toHaveBeenCalledTimes(2);
  await pause(150);
  await kept.of(campaign, reckon);
  expect(reckon).toHaveBeenCalledTimes(3);
});

test('what takes long is counted once, however often it is asked for', async () => {
  const reckon = jest.fn(() => pause(120, numbers));
  const kept = reckonings({ patienceMs: 20, keptMs: 1_000 });
  expect(await kept.of(campaign, reckon)).toBeUndefined();
  expect(await kept.of(campaign, reckon)).toBeUndefined();
  await pause(150);
  expect(await kept.of(campaign, reckon)).toBe(numbers);
  expect(reckon).toHaveBeenCalledTimes(1);
});

test('a count that failed is told to whoever waits, ends no process, and is made anew', async () => {
  const failing = () => pause(40).then(() => Promise.reject(new Error('away')));
  const kept = reckonings({ patienceMs: 10, keptMs: 1_000 });
  expect(await kept.of(campaign, failing)).toBeUndefined();
  await pause(80);
  expect(await kept.of(campaign, () => Promise.resolve(numbers))).toBe(numbers);
  const soon = () => Promise.reject(new Error('away'));
  await expect(kept.of({ ...campaign, id: 2 }, soon)).rejects.toThrow('away');
});
