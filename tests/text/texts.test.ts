import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { textHash } from '../../src/text/review';
import { openTexts } from '../../src/text/texts';

const FIXTURE = join(__dirname, '..', 'support');

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'jigi-texts-'));
  cpSync(join(FIXTURE, 'locales'), join(root, 'locales'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, content: unknown): void {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  writeFileSync(join(root, 'locales', path), text);
}

test('a text is given in its language, with its values', () => {
  const texts = openTexts({ root });
  expect(texts.t('fr', 'common', 'back')).toBe('Retour');
  expect(texts.t('bm', 'common', 'back')).toBe('Segin');
  expect(texts.t('bm', 'common', 'typeAgain', { count: 4 })).toBe('Sɛbɛn: 4');
  expect(texts.t('fr', 'payment', 'next.title')).toBe('Paiement prévu');
});

test('a screen is read whole, its choices in the order of the file', () => {
  const screen = openTexts({ root }).screen('fr', 'payment', 'next');
  const values = {
    from: '12/03',
    to: '16/03',
    amount: '30 000 F CFA',
    place: "Mairie d'<Alafia> & Cie",
  };
  expect(screen.title?.()).toBe('Paiement prévu');
  expect(screen.lines.map((line) => line(values))).toEqual([
    'du 12/03 au 16/03',
    '30 000 F CFA',
    "Mairie d'<Alafia> & Cie",
  ]);
  expect(screen.lines.map(({ places }) => places)).toEqual([
    ['from', 'to'],
    ['amount'],
    ['place'],
  ]);
  expect(screen.entry).toBeUndefined();
  expect(Array.from(screen.choices, ([name, text]) => [name, text()])).toEqual([
    ['last', 'Derniers paiements'],
    ['problem', 'Un problème'],
  ]);
});

test('a text that is not there is an error with its language, not another language', () => {
  write('bm/common.json', { back: 'Segin' });
  const texts = openTexts({ root });
  expect(texts.has('bm', 'common', 'quit')).toBe(false);
  expect(() => texts.t('bm', 'common', 'quit')).toThrow(
    'there is no text "bm common:quit"',
  );
  expect(() => texts.screen('bm', 'payment', 'gone')).toThrow(
    '"bm payment:gone"',
  );
  expect(() => texts.t('en', 'common', 'back')).toThrow('"en common:back"');
});

test('a missing value is an error with its text', () => {
  const texts = openTexts({ root });
  const values = { from: '12/03', to: '16/03', amount: '1 F CFA' };
  expect(() => texts.t('bm', 'payment', 'next.text', values)).toThrow(
    'bm payment:next.text: no value for {{place}}',
  );
});

test('the source language comes first, whatever the order of the file', () => {
  write('languages.json', {
    bm: { name: 'Bamanankan', letters: 'ɛɔɲŋ' },
    fr: { name: 'Français', letters: 'é', source: true },
  });
  const { languages } = openTexts({ root });
  expect(languages.map(({ code }) => code)).toEqual(['fr', 'bm']);
});

test.each([
  ['fr/common.json', '{"back": "Ret', 'cannot be read as JSON'],
  ['fr/common.json', '[]', 'must hold an object'],
  ['fr/common.json', { back: '' }, 'not empty'],
  ['fr/common.json', { back: null }, 'not empty'],
  ['fr/payment.json', { next: { text: ['a'] } }, 'not empty'],
  ['fr/common.json', { back: '{{ place }}' }, 'fr common:back: braces'],
  ['languages.json', { fr: { name: 'Français' } }, '"fr" is unclear'],
  ['languages.json', { fr: { name: 'F', letters: '' } }, 'one language is the'],
  ['bm/review.json', { a: { confidence: 'sure' } }, '"a" is unclear'],
  [
    'bm/review.json',
    { a: { confidence: 'high', reviewed: true } },
    '"a" is unclear',
  ],
])('a broken %s is refused at start: %j', (file, content, message) => {
  write(file, content);
  expect(() => openTexts({ root })).toThrow(message);
});

test('a text is reviewed only as long as it is the one that was signed', () => {
  const signed = {
    confidence: 'medium',
    reviewed: true,
    reviewer: 'A. Relectrice',
    date: '2026-11-20',
    hash: textHash('Segin'),
  };
  write('bm/review.json', {
    'common.back': signed,
    'common.quit': { ...signed, hash: textHash('an older word') },
  });
  const texts = openTexts({ root });
  expect(texts.unreviewedKeys('bm', ['common'])).toEqual([
    'common.quit',
    'common.typeAgain',
  ]);
  expect(texts.unreviewedKeys('bm', ['common', 'payment'])).toHaveLength(7);
});

test('the source language needs no native reader; an unknown one is an error', () => {
  const texts = openTexts({ root });
  expect(texts.unreviewedKeys('fr', ['common'])).toEqual([]);
  expect(() => texts.unreviewedKeys('en', ['common'])).toThrow('"en"');
  expect(() => texts.unreviewedKeys('bm', ['sealed'])).toThrow(
    'locales/bm/sealed.json',
  );
});
