/**
 * Compiles src and flows into dist, unless nothing changed since the last build. Texts, migrations and pages are read
 * from the package folder, so there is nothing to copy.
 */
const { spawnSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '..');
const dist = path.join(root, 'dist');
const stampFile = path.join(dist, '.built-from');

const PROJECT = 'tsconfig.build.json';

const stamp = stampOf([
  'src',
  'flows',
  'tsconfig.json',
  PROJECT,
  'package-lock.json',
]);
if (readStamp() !== stamp) build();

/** Names, sizes and times of all sources: reading them all would cost more than it tells. */
function stampOf(places) {
  const hash = createHash('sha256');
  const add = (at) => {
    const found = fs.statSync(at);
    if (found.isDirectory())
      for (const name of fs.readdirSync(at).sort()) add(path.join(at, name));
    else hash.update(`${at} ${found.size} ${found.mtimeMs}\n`);
  };
  for (const place of places) add(path.join(root, place));
  return hash.digest('hex');
}

function readStamp() {
  return fs.existsSync(stampFile) ? fs.readFileSync(stampFile, 'utf8') : '';
}

function build() {
  const compiler = path.join(
    path.dirname(require.resolve('typescript/package.json')),
    'bin/tsc',
  );
  const built = spawnSync(process.execPath, [compiler, '-p', PROJECT], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (built.status !== 0) process.exit(built.status ?? 1);
  for (const folder of ['src', 'flows']) dropOrphans(folder);
  fs.writeFileSync(stampFile, stamp);
}

/** A source that was renamed or removed must not live on in dist. */
function dropOrphans(folder) {
  for (const entry of fs.readdirSync(path.join(dist, folder), {
    withFileTypes: true,
  })) {
    const at = path.join(folder, entry.name);
    const source = at.replace(/\.js(\.map)?$/, '.ts');
    if (!fs.existsSync(path.join(root, source)))
      fs.rmSync(path.join(dist, at), { recursive: true });
    else if (entry.isDirectory()) dropOrphans(at);
  }
}
