import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  tryStarterLock,
  withStarterLock,
} from '../../src/runtime/starter-lock';

let folder: string;
const lock = () => path.join(folder, 'lock');

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'jigi-lock-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

test('a held lock is not taken, a given back one is', () => {
  const release = tryStarterLock(lock());
  expect(tryStarterLock(lock())).toBeUndefined();
  release?.();
  expect(tryStarterLock(lock())).toBeDefined();
});

test('work under the lock is done one after the other', async () => {
  const steps: string[] = [];
  await Promise.all(
    ['a', 'b', 'c'].map((name) =>
      withStarterLock(lock(), async () => {
        steps.push(`${name} begins`);
        await new Promise((resolve) => setImmediate(resolve));
        steps.push(`${name} ends`);
      }),
    ),
  );
  for (let at = 0; at < steps.length; at += 2)
    expect(steps[at + 1]).toBe(steps[at]?.replace('begins', 'ends'));
});

test('work that fails gives the lock back', async () => {
  await expect(
    withStarterLock(lock(), () => Promise.reject(new Error('no'))),
  ).rejects.toThrow('no');
  expect(existsSync(lock())).toBe(false);
});

test.each([
  ['a dead program', () => `${spawnSync('true').pid} 12345`],
  ['an earlier program under our own number', () => `${process.pid} 1`],
  ['nobody', () => ''],
])('a lock left by %s is taken over', (_who, mark) => {
  writeFileSync(lock(), mark());
  expect(tryStarterLock(lock())).toBeDefined();
});
