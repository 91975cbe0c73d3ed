/**
 * Carries out a Dockerfile in plain folders, one a stage, where no Docker engine is at hand. Base images are not had:
 * the machine's own Node and npm run what RUN says. An instruction or a form that is not known here is refused.
 */
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

/** @returns the last stage: its folder, ENV, CMD, HEALTHCHECK command and USER */
function carryOutDockerfile({ context, folder, say }) {
  const lines = readLines(path.join(context, 'Dockerfile'));
  const ignored = readLines(path.join(context, '.dockerignore'));
  const stages = new Map();
  let stage;
  for (const line of lines) {
    const [word = '', rest = ''] = split(line);
    if (word === 'FROM') {
      const name = / AS (\S+)$/.exec(rest)?.[1] ?? 'last';
      stage = { folder: path.join(folder, name), env: {} };
      fs.mkdirSync(stage.folder, { recursive: true });
      stages.set(name, stage);
    } else {
      const step = STEPS[word];
      if (!step) throw new Error(`Dockerfile: "${word}" is not known here`);
      if (!QUIET.has(word)) say(line);
      step(rest, { stage, stages, context, ignored });
    }
  }
  return stage;
}

const QUIET = new Set(['WORKDIR', 'ENV', 'EXPOSE', 'HEALTHCHECK', 'CMD']);

const STEPS = {
  WORKDIR(rest) {
    if (rest !== '/app') throw new Error('WORKDIR: only /app is known here');
  },
  EXPOSE() {},
  USER(rest, { stage }) {
    stage.user = rest;
  },
  ENV(rest, { stage }) {
    const [, name, value] = /^(\w+)=(\S+)$/.exec(rest) ?? refuse('ENV', rest);
    stage.env[name] = value;
  },
  CMD(rest, { stage }) {
    stage.command = JSON.parse(rest);
  },
  HEALTHCHECK(rest, { stage }) {
    const [, words] =
      /^(?:--\S+ )*CMD (\[.*\])$/.exec(rest) ?? refuse('HEALTHCHECK', rest);
    stage.healthcheck = JSON.parse(words);
  },
  RUN(rest, { stage }) {
    const done = spawnSync('sh', ['-c', rest], {
      cwd: stage.folder,
      env: { ...cleanEnvironment(), ...stage.env },
      encoding: 'utf8',
    });
    if (done.status !== 0)
      throw new Error(`RUN ${rest}\n${done.stdout}${done.stderr}`);
  },
  COPY(rest, { stage, stages, context, ignored }) {
    const words = rest.split(' ');
    const from = /^--from=(.+)$/.exec(words[0] ?? '')?.[1];
    if (from) words.shift();
    const to = words.pop() ?? '';
    if (words.some((word) => /^--|[*?[]/.test(word))) refuse('COPY', rest);
    for (const word of words) {
      const source = from
        ? path.join(stages.get(from).folder, path.relative('/app', word))
        : path.join(context, word);
      const isFolder = fs.statSync(source).isDirectory();
      const target = path.join(
        stage.folder,
        to,
        !isFolder && to.endsWith('/') ? path.basename(word) : '',
      );
      fs.cpSync(source, target, {
        recursive: true,
        verbatimSymlinks: true,
        filter: (file) =>
          from !== undefined || !isIgnored(path.relative(context, file)),
      });
    }

    function isIgnored(file) {
      return ignored.some((one) => file === one || file.startsWith(`${one}/`));
    }
  },
};

/** Instructions, one a line, without comments; continued lines joined. */
function readLines(file) {
  return fs
    .readFileSync(file, 'utf8')
    .replaceAll('\\\n', ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

function split(line) {
  const at = line.indexOf(' ');
  return [line.slice(0, at), line.slice(at + 1).trim()];
}

function refuse(word, rest) {
  throw new Error(`Dockerfile: this form is not known here: ${word} ${rest}`);
}

/** The machine's environment without what npm tells its scripts and what Jigi reads. */
function cleanEnvironment() {
  const strange =
    /^(npm_(package|lifecycle|command|execpath|node_execpath|config_(local_prefix|prefix|node_gyp))|INIT_CWD$|NODE_ENV$|DATABASE_URL$|REDIS_URL$)/;
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !strange.test(name)),
  );
}

module.exports = { carryOutDockerfile };
