import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(__dirname, '..');

test('every word of docs/glossary.md is used in the code', () => {
  const words = Array.from(
    readFileSync(path.join(root, 'docs/glossary.md'), 'utf8').matchAll(
      /^\| (\w+) +\|/gm,
    ),
    ([, word = '']) => word,
  ).slice(1);
  const code = ['src', 'flows', 'prisma', 'tests'].map(codeOf).join('\n');
  expect(words.length).toBeGreaterThan(60);
  expect(words.filter((word) => !new RegExp(word, 'i').test(code))).toEqual([]);
});

function codeOf(folder: string): string {
  return readdirSync(path.join(root, folder), {
    recursive: true,
    encoding: 'utf8',
  })
    .filter(
      (name) => /\.(ts|prisma|sql)$/.test(name) && !/generated/.test(name),
    )
    .map((name) => readFileSync(path.join(root, folder, name), 'utf8'))
    .join('\n');
}
