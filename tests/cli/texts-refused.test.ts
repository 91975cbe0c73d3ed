import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { signBack, textsBench, type TextsBench } from './texts-bench';

let bench: TextsBench;

beforeEach(() => {
  bench = textsBench();
});

afterEach(() => {
  bench.remove();
});

test.each([
  [
    'an unknown key',
    'common.quit;',
    'common.quitt;',
    "ligne 3, cle: Cette clé n'existe pas: remettez celle de la feuille exportée.",
  ],
  [
    'a key that stands twice',
    'common.quit;Quitter;Bɔ;Bò',
    'common.back;Retour;Segin;Segin',
    'ligne 3, cle: Cette clé est déjà à la ligne 2: gardez une seule des deux lignes.',
  ],
  [
    'French that is not that of the service',
    ';Quitter;',
    ';Sortir;',
    "ligne 3, francais: Le texte français n'est plus celui du service: demandez une nouvelle feuille pour cette ligne.",
  ],
  [
    'a text that the service has changed meanwhile',
    ';Bɔ;Bò;',
    ';Bɔ la;Taga;',
    "ligne 3, affiche: Ce texte a changé dans le service depuis l'export, ou cette colonne a été touchée: demandez une nouvelle feuille pour cette ligne.",
  ],
  [
    'an empty text',
    ';Bɔ;',
    ';;',
    'ligne 3, texte_bm: Le texte est vide: écrivez-le.',
  ],
  [
    'a value that is lost',
    ';Sɛbɛn: {{count}};',
    ';Sɛbɛn;',
    'ligne 4, texte_bm: Gardez telles quelles les valeurs du français: {{count}}.',
  ],
  [
    'a value that is translated',
    ';Sɛbɛn: {{count}};',
    ';Sɛbɛn: {{hakɛ}};',
    'ligne 4, texte_bm: Gardez telles quelles les valeurs du français: {{count}}.',
  ],
  [
    'values that have moved to one line',
    '"{{from}} - {{to}}\n{{amount}}',
    '"{{from}} - {{to}} {{amount}}',
    'ligne 6, texte_bm: Gardez sur une même ligne les valeurs qui sont ensemble en français, et les autres sur la leur.',
  ],
  [
    'letters of no alphabet',
    ';Bɔ;',
    ';Bò;',
    "ligne 3, texte_bm: Ces caractères ne sont ni de l'orthographe officielle ni du français: « ò ». Remplacez-les.",
  ],
  [
    'a confidence in other words',
    'Bò;2;haute',
    'Bò;2;sûre',
    'ligne 3, confiance: Écrivez un de ces mots: haute, moyenne, faible.',
  ],
  [
    'a signature without a day',
    'Bò;2;haute;;;',
    'Bò;2;haute;;A. Relectrice;',
    'ligne 3, relecteur: Une relecture porte un nom et une date: écrivez les deux, ou aucun.',
  ],
  [
    'a day that does not exist',
    'Bò;2;haute;;;',
    'Bò;2;haute;;A. Relectrice;31/02/2026',
    'ligne 3, date: Écrivez la date ainsi: 12/03/2026.',
  ],
  [
    'a day to come',
    'Bò;2;haute;;;',
    'Bò;2;haute;;A. Relectrice;22/11/2026',
    "ligne 3, date: La date est dans l'avenir: écrivez le jour de la relecture.",
  ],
  [
    'a screen that outgrows its page',
    ';Gɛlɛya;',
    `;Gɛlɛya ${'ni gɛlɛya '.repeat(9)}la;`,
    "ligne 8, texte_bm: L'écran payment.next prendrait 184 caractères sur 160: raccourcissez ses textes de 24.",
  ],
])(
  'one row with %s refuses the whole sheet',
  async (_what, good, bad, sentence) => {
    const before = bench.localeFiles();
    const sheet = signBack(await bench.exported());
    expect(sheet).toContain(good);
    expect(await bench.imported(sheet.replace(good, bad))).toBe(1);
    expect(bench.complaints).toEqual([sentence, "Rien n'a été changé."]);
    expect(bench.localeFiles()).toEqual(before);
  },
);

test('every fault of a sheet is told at once', async () => {
  const sheet = (await bench.exported())
    .replace(';Bɔ;', ';Bò;')
    .replace(';Sɛbɛn: {{count}};', ';Sɛbɛn;');
  await bench.imported(sheet);
  expect(bench.complaints).toHaveLength(3);
});

test.each([
  [
    'saved in Latin-1',
    Buffer.from('cle;francais;texte_bm\ncommon.back;Reçu;S', 'latin1'),
    "Le fichier n'est pas en UTF-8: enregistrez-le comme « CSV UTF-8 ».",
  ],
  [
    'with an open quote',
    'cle;francais;texte_bm\ncommon.back;"Retour;Segin',
    "Un guillemet n'est pas fermé: enregistrez de nouveau la feuille en CSV.",
  ],
  [
    'without its columns',
    'cle;francais;affiche;confiance;note;relecteur\n',
    "Il manque la colonne « date », « texte_… »: repartez d'une feuille exportée.",
  ],
  [
    'of a language that is not reviewed',
    'cle;francais;texte_fr;affiche;confiance;note;relecteur;date\n',
    'La langue « fr » ne se relit pas ici. Langues à relire: bm.',
  ],
])('a file %s is refused', async (_what, content, sentence) => {
  const before = bench.localeFiles();
  expect(await bench.imported(content)).toBe(1);
  expect(bench.complaints).toEqual([sentence, "Rien n'a été changé."]);
  expect(bench.localeFiles()).toEqual(before);
});

test('a file that is not there is refused in a sentence', async () => {
  expect(await bench.jigi('import', join(bench.root, 'nulle-part.csv'))).toBe(
    1,
  );
  expect(bench.complaints[0]).toContain('ne peut pas être lu');
});

test('a language without a reader has no sheet', async () => {
  const out = bench.sheetFile;
  expect(await bench.jigi('export', '--lang', 'fr', '--out', out)).toBe(1);
  expect(bench.complaints[0]).toContain('Langues à relire: bm');
  expect(readdirSync(bench.root)).not.toContain('relecture.csv');
});
