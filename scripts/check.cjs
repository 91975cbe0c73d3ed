/** Everything that must hold before a change is handed in: types, lint, then all tests. Stops at the first failure. */
const { spawnSync } = require('node:child_process');
const path = require('node:path');

const STEPS = [
  ['Types', 'typecheck'],
  ['Lint and format', 'lint'],
  ['Architecture and tests', 'test'],
];

for (const [heading, script] of STEPS) {
  process.stdout.write(`\n== ${heading}\n`);
  const done = spawnSync('npm', ['run', '--silent', script], {
    cwd: path.join(__dirname, '..'),
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (done.status !== 0) {
    process.stdout.write(`\n== ${heading}: failed\n`);
    process.exit(done.status ?? 1);
  }
}
