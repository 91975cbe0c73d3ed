import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { addTextsCommands } from '../../src/cli/texts';
import { fixedClock } from '../../src/runtime/clock';
import { openTexts } from '../../src/text/texts';

const FIXTURE = join(__dirname, '..', 'support');

let root = '';
let printed: string[] = [];
let complaints: string[] = [];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'jigi-sheets-'));
  cpSync(join(FIXTURE, 'locales'), join(root, 'locales'), { recursive: true });
});
afterEach(() => {
  rmSync(root, { recursive: true });
  process.exitCode = undefined;
});

async function jigi(...words: string[]): Promise<number> {
  printed = [];
  complaints = [];
  process.exitCode = undefined;
  const program = new Command().exitOverride();
  addTextsCommands(program, {
    root,
    clock: fixedClock('2026-11-21T10:00:00Z'),
    print: (line) => printed.push(line),
    complain: (line) => complaints.push(line),
  });
  await program.parseAsync(['texts', ...words], { from: 'user' });
  return exitCode();
}

function exitCode(): number {
  return process.exitCode === undefined ? 0 : Number(process.exitCode);
}

async function exported(): Promise<string> {
  await jigi('export', '--lang', 'bm', '--out', sheetFile());
  return readFileSync(sheetFile(), 'utf8');
}

async function imported(sheet: string | Buffer): Promise<number> {
  writeFileSync(sheetFile(), sheet);
  return jigi('import', sheetFile());
}

function sheetFile(): string {
  return join(root, 'relecture.csv');
}

function localeFiles(): Record<string, string> {
  const folder = join(root, 'locales', 'bm');
  return Object.fromEntries(
    readdirSync(folder).map((file) => [
      file,
      readFileSync(join(folder, file), 'utf8'),
    ]),
  );
}

const SIGNED_BACK =
  'common.back;Retour;Segin;Segin;5;haute;;A. Relectrice;20/11/2026';

function signBack(sheet: string): string {
  return sheet.replace(
    'common.back;Retour;Segin;Segin;5;moyenne;;;',
    SIGNED_BACK,
  );
}

test('the sheet has a row for every text: key, French, official, as shown, septets, review', async () => {
  const sheet = await exported();
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
  const before = localeFiles();
  expect(await imported(await exported())).toBe(0);
  expect(localeFiles()).toEqual(before);
  expect(printed).toEqual([
    '8 lignes lues : 0 textes corrigés, 0 relus, 8 lignes sans changement.',
  ]);
});

test('a correction and its signature are kept, and only those', async () => {
  const before = localeFiles();
  const sheet = signBack(await exported()).replace(
    'common.quit;Quitter;Bɔ;Bò;2;haute;;;',
    'common.quit;Quitter;Ka bɔ;Bò;2;haute;mieux;A. Relectrice;2026-11-20',
  );
  expect(await imported(sheet)).toBe(0);
  expect(printed).toEqual([
    '8 lignes lues : 1 textes corrigés, 2 relus, 6 lignes sans changement.',
  ]);
  const texts = openTexts({ root });
  expect(texts.t('bm', 'common', 'quit')).toBe('Ka bɔ');
  expect(texts.unreviewedKeys('bm', ['common'])).toEqual(['common.typeAgain']);
  const after = localeFiles();
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
  const sheet = signBack(await exported()).replace(
    'Wari don ma da fɔlɔ.;',
    'Wari don ma da fɔlɔ fɔlɔ.;',
  );
  expect(await imported(sheet)).toBe(0);
  const once = localeFiles();
  expect(await imported(sheet)).toBe(0);
  expect(localeFiles()).toEqual(once);
  expect(printed[0]).toContain('8 lignes sans changement');
});

test('empty cells take no signature away, but a changed text needs a new one', async () => {
  const sheet = await exported();
  await imported(signBack(sheet));
  await imported(sheet);
  expect(openTexts({ root }).unreviewedKeys('bm', ['common'])).not.toContain(
    'common.back',
  );
  const changed = sheet.replace('Retour;Segin;', 'Retour;Kɔsegin;');
  expect(await imported(changed)).toBe(0);
  const review: unknown = JSON.parse(localeFiles()['review.json'] ?? '');
  expect(review).toHaveProperty(['common.back'], {
    confidence: 'medium',
    reviewed: false,
  });
});

test('a sheet saved by a spreadsheet with its own separator and line ends is read', async () => {
  const sheet = signBack(await exported())
    .replaceAll(/;(?=(?:[^"]*"[^"]*")*[^"]*$)/g, '\t')
    .replaceAll('\n', '\r\n');
  expect(await imported(`${sheet}\t\t\t\t\t\t\t\t\r\n`)).toBe(0);
  expect(printed[0]).toContain('0 textes corrigés, 1 relus');
});

test('a text that a spreadsheet would take for a formula comes back as it went', async () => {
  const file = join(root, 'locales', 'bm', 'common.json');
  const texts = { back: '-Segin', quit: "'=Bɔ", typeAgain: '{{count}}' };
  writeFileSync(file, JSON.stringify(texts));
  const sheet = await exported();
  expect(sheet).toContain("Retour;'-Segin;");
  const before = localeFiles();
  expect(await imported(sheet)).toBe(0);
  expect(localeFiles()).toEqual(before);
});

test.each([
  [
    'an unknown key',
    'common.quit;',
    'common.quitt;',
    "ligne 3, cle : Cette clé n'existe pas : remettez celle de la feuille exportée.",
  ],
  [
    'a key that stands twice',
    'common.quit;Quitter;Bɔ;Bò',
    'common.back;Retour;Segin;Segin',
    'ligne 3, cle : Cette clé est déjà à la ligne 2 : gardez une seule des deux lignes.',
  ],
  [
    'French that is not that of the service',
    ';Quitter;',
    ';Sortir;',
    "ligne 3, francais : Le texte français n'est plus celui du service : demandez une nouvelle feuille pour cette ligne.",
  ],
  [
    'a text that the service has changed meanwhile',
    ';Bɔ;Bò;',
    ';Bɔ la;Taga;',
    "ligne 3, affiche : Ce texte a changé dans le service depuis l'export, ou cette colonne a été touchée : demandez une nouvelle feuille pour cette ligne.",
  ],
  [
    'an empty text',
    ';Bɔ;',
    ';;',
    'ligne 3, texte_bm : Le texte est vide : écrivez-le.',
  ],
  [
    'a value that is lost',
    ';Sɛbɛn: {{count}};',
    ';Sɛbɛn;',
    'ligne 4, texte_bm : Gardez telles quelles les valeurs du français : {{count}}.',
  ],
  [
    'a value that is translated',
    ';Sɛbɛn: {{count}};',
    ';Sɛbɛn: {{hakɛ}};',
    'ligne 4, texte_bm : Gardez telles quelles les valeurs du français : {{count}}.',
  ],
  [
    'values that have moved to one line',
    '"{{from}} - {{to}}\n{{amount}}',
    '"{{from}} - {{to}} {{amount}}',
    'ligne 6, texte_bm : Gardez sur une même ligne les valeurs qui sont ensemble en français, et les autres sur la leur.',
  ],
  [
    'letters of no alphabet',
    ';Bɔ;',
    ';Bò;',
    "ligne 3, texte_bm : Ces caractères ne sont ni de l'orthographe officielle ni du français : « ò ». Remplacez-les.",
  ],
  [
    'a confidence in other words',
    'Bò;2;haute',
    'Bò;2;sûre',
    'ligne 3, confiance : Écrivez un de ces mots : haute, moyenne, faible.',
  ],
  [
    'a signature without a day',
    'Bò;2;haute;;;',
    'Bò;2;haute;;A. Relectrice;',
    'ligne 3, relecteur : Une relecture porte un nom et une date : écrivez les deux, ou aucun.',
  ],
  [
    'a day that does not exist',
    'Bò;2;haute;;;',
    'Bò;2;haute;;A. Relectrice;31/02/2026',
    'ligne 3, date : Écrivez la date ainsi : 12/03/2026.',
  ],
  [
    'a day to come',
    'Bò;2;haute;;;',
    'Bò;2;haute;;A. Relectrice;22/11/2026',
    "ligne 3, date : La date est dans l'avenir : écrivez le jour de la relecture.",
  ],
  [
    'a screen that outgrows its page',
    ';Gɛlɛya;',
    `;Gɛlɛya ${'ni gɛlɛya '.repeat(9)}la;`,
    "ligne 8, texte_bm : L'écran payment.next prendrait 184 caractères sur 160 : raccourcissez ses textes de 24.",
  ],
])(
  'one row with %s refuses the whole sheet',
  async (_what, good, bad, sentence) => {
    const before = localeFiles();
    const sheet = signBack(await exported());
    expect(sheet).toContain(good);
    expect(await imported(sheet.replace(good, bad))).toBe(1);
    expect(complaints).toEqual([sentence, "Rien n'a été changé."]);
    expect(localeFiles()).toEqual(before);
  },
);

test('every fault of a sheet is told at once', async () => {
  const sheet = (await exported())
    .replace(';Bɔ;', ';Bò;')
    .replace(';Sɛbɛn: {{count}};', ';Sɛbɛn;');
  await imported(sheet);
  expect(complaints).toHaveLength(3);
});

test.each([
  [
    'saved in Latin-1',
    Buffer.from('cle;francais;texte_bm\ncommon.back;Reçu;S', 'latin1'),
    "Le fichier n'est pas en UTF-8 : enregistrez-le comme « CSV UTF-8 ».",
  ],
  [
    'with an open quote',
    'cle;francais;texte_bm\ncommon.back;"Retour;Segin',
    "Un guillemet n'est pas fermé : enregistrez de nouveau la feuille en CSV.",
  ],
  [
    'without its columns',
    'cle;francais;affiche;confiance;note;relecteur\n',
    "Il manque la colonne « date », « texte_… » : repartez d'une feuille exportée.",
  ],
  [
    'of a language that is not reviewed',
    'cle;francais;texte_fr;affiche;confiance;note;relecteur;date\n',
    'La langue « fr » ne se relit pas ici. Langues à relire : bm.',
  ],
])('a file %s is refused', async (_what, content, sentence) => {
  const before = localeFiles();
  expect(await imported(content)).toBe(1);
  expect(complaints).toEqual([sentence, "Rien n'a été changé."]);
  expect(localeFiles()).toEqual(before);
});

test('a file that is not there is refused in a sentence', async () => {
  expect(await jigi('import', join(root, 'nulle-part.csv'))).toBe(1);
  expect(complaints[0]).toContain('ne peut pas être lu');
});

test('a language without a reader has no sheet', async () => {
  const out = sheetFile();
  expect(await jigi('export', '--lang', 'fr', '--out', out)).toBe(1);
  expect(complaints[0]).toContain('Langues à relire : bm');
  expect(readdirSync(root)).not.toContain('relecture.csv');
});

test('the status counts texts, signatures and confidence, and the longest screen', async () => {
  await imported(signBack(await exported()));
  expect(await jigi('status')).toBe(0);
  expect(printed).toEqual([
    'langue         textes  relus  haute  moyenne  faible  écran le plus long',
    'fr Français    8       -      -      -        -       payment.next 114',
    'bm Bamanankan  8       1      5      2        1       payment.next 91',
  ]);
});

test('the status tells what is wrong, and fails', async () => {
  const file = join(root, 'locales', 'bm', 'payment.json');
  writeFileSync(file, JSON.stringify({ none: { text: 'Wari tɛ' } }));
  expect(await jigi('status')).toBe(1);
  expect(printed).toContain(
    'bm payment.next.title : Ce texte manque : traduisez-le.',
  );
});
