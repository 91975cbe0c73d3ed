/** The real servers that the smoke of the production folder runs against. */
const { spawn } = require('node:child_process');
const { randomBytes, randomInt } = require('node:crypto');
const { once } = require('node:events');
const net = require('node:net');
const path = require('node:path');
const pg = require('pg');

/**
 * DATABASE_URL and REDIS_URL, or servers of our own: PostgreSQL of the development install, Redis of the machine.
 * @param onEnd takes what is to be done at the end, whatever happens
 */
function smokeServers(folder, onEnd) {
  let server;

  return {
    /** A database of its own on the server, dropped at the end. */
    async freshDatabase() {
      server ??= process.env.DATABASE_URL || (await startPostgres());
      const name = `jigi_smoke_${randomBytes(4).toString('hex')}`;
      await onServer(`create database ${name}`);
      onEnd(() => onServer(`drop database ${name} with (force)`));
      const url = new URL(server);
      url.pathname = `/${name}`;
      return url.href;
    },

    async redis() {
      return process.env.REDIS_URL || startRedis();
    },
  };

  async function startPostgres() {
    const {
      joinOrStartPostgres,
    } = require('../dist/src/runtime/embedded-postgres.js');
    const started = await joinOrStartPostgres({
      dataDir: path.join(folder, 'postgres'),
    });
    onEnd(() => started.release());
    return started.url;
  }

  async function onServer(statement) {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    await client.query(statement);
    await client.end();
  }

  async function startRedis() {
    const port = await freePort();
    const words = ['--port', port, '--bind', '127.0.0.1', '--save', ''];
    for (const program of ['redis-server', 'valkey-server']) {
      const child = spawn(program, words.map(String), {
        cwd: folder,
        stdio: 'ignore',
      });
      const hasBegun = await Promise.race([
        once(child, 'spawn').then(() => true),
        once(child, 'error').then(() => false),
      ]).catch(() => false);
      if (!hasBegun) continue;
      onEnd(() => child.kill('SIGKILL'));
      return `redis://127.0.0.1:${port}`;
    }
    throw new Error(
      'no Redis: install redis-server or valkey-server, or set REDIS_URL',
    );
  }
}

/** Below the range from which the system lends ports to others at any moment. */
async function freePort() {
  for (;;) {
    const port = randomInt(20_000, 30_000);
    const server = net.createServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}

module.exports = { freePort, smokeServers };
