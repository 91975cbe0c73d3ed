import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openTexts } from '../../src/text/texts';
import { signBack, textsBench, type TextsBench } from './texts-bench';

let bench: TextsBench;

beforeEach(() => {
  bench = textsBench();
});

afterEach(() => {
  bench.remove();
});

test('the sheet has a row for every text: key, French, official, as shown, septets, review', async () => {
  const sheet = await bench.exported();
  expect(sheet.split('\n').slice(0, 4)).toEqual([
    '\ufeffcle;francais;texte_bm;affiche;septets;confiance;note;relecteur;date',
    'common.back;Retour;Segin;Segin;5;moyenne;;;',
    'common.quit;Quitter;Bɔ;Bò;2;haute;;;',
    'common.typeAgain;Tapez {{count}} chiffres.;Sɛbɛn: {{count}};Sèbèn: {{count}};9;faible;À vérifier;;',
  ]);
  expect(sheet).toContain(
    'payment.next.text;"du {{from}} au {{to}}\n{{amount}}\n{{place}}";',
  );
});

test('a sheet that comes back untouched changes nothing', async () => {
  const before = bench.localeFiles();
  expect(await bench.imported(await bench.exported())).toBe(0);
  expect(bench.localeFiles()).toEqual(before);
  expect(bench.printed).toEqual([
    '8 lignes lues: 0 textes corrigés, 0 relus, 8 lignes sans changement.',
  ]);
});

test('a correction and its signature are kept, and only those', async () => {
  const before = bench.localeFiles();
  const sheet = signBack(await bench.exported()).replace(
    'common.quit;Quitter;Bɔ;Bò;2;haute;;;',
    'common.quit;Quitter;Ka bɔ;Bò;2;haute;mieux;A. Relectrice;2026-11-20',
  );
  expect(await bench.imported(sheet)).toBe(0);
  expect(bench.printed).toEqual([
    '8 lignes lues: 1 textes corrigés, 2 relus, 6 lignes sans changement.',
  ]);
  const texts = openTexts({ root: bench.root });
  expect(texts.t('bm', 'common', 'quit')).toBe('Ka bɔ');
  expect(texts.unreviewedKeys('bm', ['common'])).toEqual(['common.typeAgain']);
  const after = bench.localeFiles();
  expect(after['payment.json']).toBe(before['payment.json']);
  expect(Object.keys(after)).toEqual(Object.keys(before));
  expect(JSON.parse(after['review.json'] ?? '')).toMatchObject({
    'common.quit': {
      confidence: 'high',
      reviewed: true,
      reviewer: 'A. Relectrice',
      date: '2026-11-20',
      note: 'mieux',
    },
    'common.typeAgain': { reviewed: false, note: 'À vérifier' },
  });
});

test('the same sheet twice changes nothing the second time', async () => {
  const sheet = signBack(await bench.exported()).replace(
    'Wari don ma da fɔlɔ.;',
    'Wari don ma da fɔlɔ fɔlɔ.;',
  );
  expect(await bench.imported(sheet)).toBe(0);
  const once = bench.localeFiles();
  expect(await bench.imported(sheet)).toBe(0);
  expect(bench.localeFiles()).toEqual(once);
  expect(bench.printed[0]).toContain('8 lignes sans changement');
});

test('empty cells take no signature away, but a changed text needs a new one', async () => {
  const sheet = await bench.exported();
  await bench.imported(signBack(sheet));
  await bench.imported(sheet);
  expect(
    openTexts({ root: bench.root }).unreviewedKeys('bm', ['common']),
  ).not.toContain('common.back');
  const changed = sheet.replace('Retour;Segin;', 'Retour;Kɔsegin;');
  expect(await bench.imported(changed)).toBe(0);
  const review: unknown = JSON.parse(bench.localeFiles()['review.json'] ?? '');
  expect(review).toHaveProperty(['common.back'], {
    confidence: 'medium',
    reviewed: false,
  });
});

test('a sheet saved by a spreadsheet with its own separator and line ends is read', async () => {
  const sheet = signBack(await bench.exported())
    .replaceAll(/;(?=(?:[^"]*"[^"]*")*[^"]*$)/g, '\t')
    .replaceAll('\n', '\r\n');
  expect(await bench.imported(`${sheet}\t\t\t\t\t\t\t\t\r\n`)).toBe(0);
  expect(bench.printed[0]).toContain('0 textes corrigés, 1 relus');
});

test('a text that a spreadsheet would take for a formula comes back as it went', async () => {
  const file = join(bench.root, 'locales', 'bm', 'common.json');
  const texts = { back: '-Segin', quit: "'=Bɔ", typeAgain: '{{count}}' };
  writeFileSync(file, JSON.stringify(texts));
  const sheet = await bench.exported();
  expect(sheet).toContain("Retour;'-Segin;");
  const before = bench.localeFiles();
  expect(await bench.imported(sheet)).toBe(0);
  expect(bench.localeFiles()).toEqual(before);
});
