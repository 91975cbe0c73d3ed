import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'jigi-closing-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** Runs Jest on one small file, with the reporter of this package. */
function run(test: string, env: Record<string, string> = {}) {
  writeFileSync(path.join(folder, 'some.test.js'), test);
  writeFileSync(
    path.join(folder, 'jest.config.json'),
    JSON.stringify({
      reporters: ['default', path.join(__dirname, 'closing-line.cjs')],
    }),
  );
  const jest = spawnSync(
    process.execPath,
    [require.resolve('jest/bin/jest'), '--rootDir', folder],
    {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], ...env },
    },
  );
  const lines = jest.stdout.trimEnd().split('\n');
  return { status: jest.status, last: lines.at(-1), all: lines };
}

test('the last line counts what passed and failed', () => {
  const { status, last } = run(
    `test('one', () => {}); test('two', () => { throw new Error('no'); });`,
  );
  expect({ status, last }).toEqual({ status: 1, last: '1 passed, 1 failed' });
});

test('skipped tests are counted and named', () => {
  const { status, last, all } = run(
    `test('one', () => {}); describe.skip('Redis', () => { test('keeps', () => {}); });`,
  );
  expect({ status, last }).toEqual({
    status: 0,
    last: '1 passed, 0 failed, 1 skipped',
  });
  expect(all).toContain('skipped: Redis keeps');
});

test('with REQUIRE_ALL=1 a skipped test fails the run', () => {
  const { status, last } = run(
    `test('one', () => {}); test.skip('two', () => {});`,
    { REQUIRE_ALL: '1' },
  );
  expect({ status, last }).toEqual({
    status: 1,
    last: '1 passed, 0 failed, 1 skipped',
  });
});

test('a file that does not load is a failure', () => {
  const { status, last } = run(`throw new Error('no');`);
  expect({ status, last }).toEqual({ status: 1, last: '0 passed, 1 failed' });
});
