/** Writes the Prisma client into src/generated, unless it is already that of this schema. Downloads nothing. */
const { spawnSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '..');
const stampFile = path.join(root, 'src/generated/made-from.sha256');
const clientFile = path.join(root, 'src/generated/prisma/client.ts');

const stamp = createHash('sha256')
  .update(fs.readFileSync(path.join(root, 'prisma/schema.prisma')))
  .update(require('prisma/package.json').version)
  .digest('hex');

if (!fs.existsSync(clientFile) || readStamp() !== stamp) generate();

function readStamp() {
  return fs.existsSync(stampFile) ? fs.readFileSync(stampFile, 'utf8') : '';
}

function generate() {
  const made = spawnSync(
    process.execPath,
    [require.resolve('prisma/build/index.js'), 'generate'],
    {
      cwd: root,
      encoding: 'utf8',
      env: {
        ...process.env,
        // Generating needs no native engine; naming any program that exists keeps Prisma from fetching one.
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
        CHECKPOINT_DISABLE: '1',
      },
    },
  );
  if (made.status !== 0) {
    process.stderr.write(made.stdout + made.stderr);
    process.exit(1);
  }
  fs.writeFileSync(stampFile, stamp);
}
