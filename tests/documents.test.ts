import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { settings } from '../src/runtime/settings';

const root = path.join(__dirname, '..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

const documents = [
  ...readdirSync(root),
  ...readdirSync(path.join(root, 'docs'), {
    recursive: true,
    encoding: 'utf8',
  }).map((name) => path.join('docs', name)),
].filter((file) => file.endsWith('.md'));

/** Every first group of a pattern in all documents, with its document. */
function mentions(pattern: RegExp): { file: string; name: string }[] {
  return documents.flatMap((file) =>
    Array.from(read(file).matchAll(pattern), ([, name = '']) => ({
      file,
      name,
    })),
  );
}

test('every link between documents leads somewhere', () => {
  const links = mentions(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g);
  expect(links.length).toBeGreaterThan(30);
  expect(
    links.filter(
      ({ file, name }) =>
        !existsSync(path.join(root, path.dirname(file), name)),
    ),
  ).toEqual([]);
});

test('every npm script that a document names is there', () => {
  const { scripts } = JSON.parse(read('package.json')) as {
    // package.json is ours; npm itself would refuse another form.
    scripts: Record<string, string>;
  };
  const named = mentions(/npm run ([\w:]+)/g);
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter(({ name }) => scripts[name] === undefined)).toEqual([]);
});

test('README tells of every setting', () => {
  const told = read('README.md').split('## Settings')[1]?.split('\n## ')[0];
  expect(
    Object.keys(settings.shape).filter(
      (name) => told?.includes(`\`${name}\``) !== true,
    ),
  ).toEqual([]);
});

test('compose.yaml passes on settings that exist, and no secret has a default', () => {
  const compose = read('compose.yaml');
  const [, passed = ''] =
    /environment: &environment\n([^]*?)\n {2}\w/.exec(compose) ?? [];
  const names = Array.from(
    passed.matchAll(/^ {4}(\w+):/gm),
    ([, name]) => name,
  );
  expect(names).toContain('HASH_KEY');
  expect(
    names.filter((name) => !Object.keys(settings.shape).includes(name ?? '')),
  ).toEqual([]);
  const secrets = Array.from(
    compose.matchAll(/\$\{(\w*(?:PASSWORD|SECRET|TOKENS|KEY)\w*)([^}]*)\}/g),
  );
  expect(secrets.length).toBeGreaterThan(5);
  expect(
    secrets.filter(([, , otherwise = '']) => !otherwise.startsWith(':?')),
  ).toEqual([]);
});
