/**
 * The fault experiments in their heavy forms, which are too long for every day.
 *   node scripts/experiments.cjs soak      twenty minutes of load, memory and handles watched
 *   node scripts/experiments.cjs nightly   all of tests/experiments: ten thousand calls, a hundred thousand cases
 */
const { spawnSync } = require('node:child_process');
const path = require('node:path');

const FORMS = {
  soak: { SOAK_SECONDS: '1200', only: '28-soak' },
  nightly: { FULL: '1', only: '' },
};

const form = FORMS[process.argv[2]];
if (form === undefined) {
  console.error(`Choose one: ${Object.keys(FORMS).join(', ')}`);
  process.exit(1);
}
const { only, ...env } = form;
const done = spawnSync(
  process.execPath,
  [require.resolve('jest/bin/jest'), `tests/experiments/${only}`],
  {
    cwd: path.join(__dirname, '..'),
    env: { ...process.env, ...env },
    stdio: 'inherit',
  },
);
process.exit(done.status ?? 1);
