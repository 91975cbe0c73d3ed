/**
 * Takes out of node_modules what production does not need. prisma and typescript are optional peers of packages that
 * stay, so optional packages have to go; but the binaries that our own dependencies bring for this machine are
 * optional packages too, and are put back.
 */
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '..');
const modules = path.join(root, 'node_modules');
const aside = path.join(root, '.binaries');

const read = (file) => JSON.parse(fs.readFileSync(file, 'utf8'));
const binaries = Object.keys(read(path.join(root, 'package.json')).dependencies)
  .flatMap((name) =>
    Object.keys(
      read(path.join(modules, name, 'package.json')).optionalDependencies ?? {},
    ),
  )
  .filter((name) => fs.existsSync(path.join(modules, name)));

const copy = (from, to) => {
  for (const name of binaries)
    fs.cpSync(path.join(from, name), path.join(to, name), { recursive: true });
};

copy(modules, aside);
const { status } = spawnSync(
  'npm',
  ['prune', '--omit=dev', '--omit=optional'],
  { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' },
);
copy(aside, modules);
fs.rmSync(aside, { recursive: true, force: true });
process.exitCode = status ?? 1;
