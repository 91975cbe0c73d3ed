import { readFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../../src/runtime/package-root';
import { OPERATOR_PREFIXES } from '../../src/text/msisdn';

const read = (name: string): string =>
  readFileSync(path.join(packageRoot, 'deploy/kannel', name), 'utf8');

/** Names that a file wants from the environment. */
const namesIn = (text: string): string[] => [
  ...new Set(
    Array.from(text.matchAll(/\$\{(\w+)\}/g), ([, name = '']) => name),
  ),
];

const operators = Object.entries(OPERATOR_PREFIXES);

test.each(operators)(
  'Kannel sends to %s by the beginnings that the service knows',
  (operator, prefixes) => {
    const [, written = ''] =
      /^allowed-prefix = "(.*)"$/m.exec(read(`${operator}.conf`)) ?? [];
    expect(written.split(';').sort()).toEqual(
      prefixes.map((prefix) => `+223${prefix}`).sort(),
    );
  },
);

test.each(operators)(
  'the account of %s is asked for in one file',
  (operator) => {
    const asked = namesIn(read(`${operator}.conf`));
    const example = read('operators.env.example');
    expect(asked).toHaveLength(4);
    for (const name of asked)
      expect(example).toMatch(new RegExp(`^${name}=`, 'm'));
    expect(read('start.sh')).toContain(operator);
  },
);

test('compose.yaml gives Kannel every other name that its configuration wants', () => {
  const compose = readFileSync(path.join(packageRoot, 'compose.yaml'), 'utf8');
  const kannel = compose.slice(compose.indexOf('\n  kannel:'));
  const wanted = namesIn(read('kannel.conf'));
  expect(wanted.length).toBeGreaterThan(4);
  for (const name of wanted) {
    // start.sh takes the first of WEBHOOK_TOKENS.
    expect(kannel).toContain(
      name === 'WEBHOOK_TOKEN' ? 'WEBHOOK_TOKENS:' : `${name}:`,
    );
  }
});

test('Kannel writes no number and no text into a log', () => {
  const levels = Array.from(
    read('kannel.conf').matchAll(/^log-level = (\d)$/gm),
    ([, level]) => Number(level),
  );
  expect(levels).toEqual([3, 3]);
  // The console has a level of its own.
  expect(read('start.sh')).toMatch(/^bearerbox -v 3 "\$made" &$/m);
  expect(read('start.sh')).toMatch(/^smsbox -v 3 "\$made" &$/m);
  expect(read('kannel.conf')).not.toMatch(/^(access-log|log-file) =/m);
});

test('no group of Kannel is cut in two by an empty line', () => {
  for (const name of ['kannel', ...operators.map(([operator]) => operator)]) {
    const blocks = read(`${name}.conf`).trim().split(/\n\n+/);
    const settings = blocks.filter((block) => /^[a-z-]+ = /m.test(block));
    for (const block of settings) expect(block).toMatch(/^group = /m);
  }
});
