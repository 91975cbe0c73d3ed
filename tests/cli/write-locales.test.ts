import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TextChange } from '../../src/cli/text-change';
import { writeLocales } from '../../src/cli/write-locales';
import { languageIn, readCatalogue } from '../../src/text/read-catalogue';

const FIXTURE = join(__dirname, '..', 'support');

let root = '';
let folder = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'jigi-locales-'));
  folder = join(root, 'locales', 'bm');
  cpSync(join(FIXTURE, 'locales'), join(root, 'locales'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

const correction: TextChange = {
  namespace: 'payment',
  key: 'next.choices.problem',
  text: 'Gɛlɛya dɔ',
  entry: { confidence: 'high', reviewed: false },
  isCorrected: true,
  isNews: true,
};

function write(changes: TextChange[]): void {
  writeLocales(root, languageIn(readCatalogue(root), 'bm'), changes);
}

function read(file: string): string {
  return readFileSync(join(folder, file), 'utf8');
}

test('one text is replaced, and the rest of its file stays to the byte', () => {
  const before = read('payment.json');
  write([correction]);
  expect(read('payment.json')).toBe(before.replace('"Gɛlɛya"', '"Gɛlɛya dɔ"'));
});

test('only the review is written when no text has changed', () => {
  const before = JSON.stringify(JSON.parse(read('payment.json')));
  writeFileSync(join(folder, 'payment.json'), before);
  const { key, text } = { key: 'none.text', text: 'Wari don ma da fɔlɔ.' };
  const entry = { confidence: 'low', reviewed: false } as const;
  write([{ ...correction, key, text, entry, isCorrected: false }]);
  expect(read('payment.json')).toBe(before);
  expect(JSON.parse(read('review.json'))).toMatchObject({
    'payment.none.text': { confidence: 'low', reviewed: false },
  });
});

test('a write that fails leaves every file as it was, and nothing beside them', () => {
  const before = read('payment.json');
  mkdirSync(join(folder, 'review.json.new'));
  const files = readdirSync(folder);
  expect(() => write([correction])).toThrow();
  expect(read('payment.json')).toBe(before);
  expect(readdirSync(folder)).toEqual(files);
});
