import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { catalogueFaults } from '../../src/text/catalogue-faults';
import { readCatalogue } from '../../src/text/read-catalogue';

const FIXTURE = join(__dirname, '..', 'support');

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'jigi-faults-'));
  cpSync(join(FIXTURE, 'locales'), join(root, 'locales'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

function faultsWith(file: string, content: unknown): string[] {
  writeFileSync(join(root, 'locales', file), JSON.stringify(content));
  return catalogueFaults(readCatalogue(root)).map(
    ({ locale, key, sentence }) => `${locale} ${key}: ${sentence}`,
  );
}

const common = { back: 'Segin', quit: 'Bɔ', typeAgain: 'Sɛbɛn: {{count}}' };

test('languages that agree have no fault', () => {
  expect(catalogueFaults(readCatalogue(root))).toEqual([]);
});

test('a text that is not translated is named', () => {
  expect(faultsWith('bm/common.json', { ...common, quit: undefined })).toEqual([
    'bm common.quit: Ce texte manque: traduisez-le.',
    "bm common.quit: review.json parle d'un texte qui n'existe pas: retirez-le.",
  ]);
});

test('a text that only the translation has is named', () => {
  expect(faultsWith('bm/common.json', { ...common, bye: 'K' })).toEqual([
    "bm common.bye: Ce texte n'existe pas en français: corrigez la clé ou supprimez-le.",
    'bm common.bye: review.json ne dit rien de ce texte: ajoutez sa confiance.',
  ]);
});

test('words that only one language needs are no fault', () => {
  expect(faultsWith('fr/console.json', { title: 'Accueil' })).toEqual([]);
});

test.each(['Sɛbɛn', 'Sɛbɛn: {{counts}}', '{{count}} {{place}}'])(
  'values that differ are named: %s',
  (typeAgain) => {
    expect(faultsWith('bm/common.json', { ...common, typeAgain })).toEqual([
      'bm common.typeAgain: Les valeurs doivent être celles du français: {{count}}.',
    ]);
  },
);

test.each([
  ['an older spelling', 'Bò', '« ò »'],
  ['another script', 'Bо', '« о »'],
  ['a tone mark', 'Bɔ\u0301', '« \u0301 »'],
  ['a picture', 'Bɔ 😀', '« 😀 »'],
])('%s is not written', (_what, quit, named) => {
  const [fault = ''] = faultsWith('bm/common.json', { ...common, quit });
  expect(fault).toContain(`bm common.quit: Ces caractères`);
  expect(fault).toContain(named);
});

test('a French word may stand in Bambara, and a Bambara one in French', () => {
  expect(faultsWith('bm/common.json', { ...common, quit: 'Français' })).toEqual(
    [],
  );
  const french = { back: 'Kan sugandi: ɛ', quit: 'Q', typeAgain: '{{count}}' };
  expect(faultsWith('fr/common.json', french)).toEqual([]);
});

test.each(['Bɔ ', 'Bɔ \nsini', 'e\u0301'])(
  'spaces that trail and detached accents are named: %j',
  (quit) => {
    const [fault] = faultsWith('bm/common.json', { ...common, quit });
    expect(fault).toContain('bm common.quit: Des espaces traînent');
  },
);
