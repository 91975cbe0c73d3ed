import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { addCampaignCommands } from '../../src/cli/campaigns';
import { runCommand } from '../../src/cli/run-command';
import { watchCampaigns } from '../../src/campaigns/watch-campaigns';
import { Sender } from '../../src/messaging/sender';
import { createLogger } from '../../src/runtime/logger';
import {
  aCrowd,
  campaignDesk,
  goodTexts,
  type TestCampaignDesk,
} from '../support/campaigns';
import { testDatabase, type TestDatabase } from '../support/database';
import { playedGateway, sendAllDue, sendingHouse } from '../support/sms-queue';

let store: TestDatabase;
let desk: TestCampaignDesk;
let folder: string;
beforeAll(async () => {
  store = await testDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'jigi-campaigns-'));
});
beforeEach(async () => {
  await store.truncateAll();
  desk = campaignDesk(store.db);
  await aCrowd(store.db, 3);
  await store.db.pool.query(
    `insert into staff_accounts (login, full_name, role, locale, state, created_at, password_hash, disabled_at) values
       ('communication', 'Adama Berthé', 'communication', 'fr', 'active', now(), 'h', null),
       ('stm', 'Oumar Diallo', 'stm', 'fr', 'active', now(), 'h', null),
       ('ancien', 'Ancien Compte', 'stm', 'fr', 'disabled', now(), 'h', now())`,
  );
});
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

/** Runs the command as the administrator would; its house stays open. */
async function campaign(...words: string[]) {
  const program = new Command('jigi').exitOverride();
  const { db, clock, ...campaigns } = desk;
  addCampaignCommands(program, () =>
    Promise.resolve({
      ...{ db, clock, campaigns, migrations: [], hashKey: '' },
      close: () => Promise.resolve(),
    }),
  );
  let out = '';
  const write = jest
    .spyOn(process.stdout, 'write')
    .mockImplementation((text) => (out += String(text)) !== '');
  const told: string[] = [];
  try {
    const code = await runCommand(program, ['campaign', ...words], (line) =>
      told.push(line),
    );
    return { code, out, told };
  } finally {
    write.mockRestore();
  }
}

const as = (login: string): string[] => ['--as', login];

/** A file of texts. */
async function textsFile(texts: unknown): Promise<string> {
  const file = path.join(folder, 'textes.json');
  await writeFile(file, JSON.stringify(texts));
  return file;
}

test('a campaign goes from a draft to its board from the command line, with two accounts', async () => {
  expect((await campaign('list')).out).toBe('Aucune campagne.\n');
  const made = await campaign(
    ...['new', ...as('communication'), '--title', 'Nouvelles'],
    ...['--texts', await textsFile(goodTexts), '--ceiling', '1000'],
  );
  expect(made).toMatchObject({ code: 0, out: 'Campagne 1: brouillon.\n' });
  const preview = (await campaign('preview', '1')).out;
  expect(preview).toMatch(/Attention, bm: Le texte en Bamanankan/);
  expect(preview).toContain('+223••••••01 Sanakoro (69 signes, 1 partie)');
  expect((await campaign('numbers', '1')).out).toContain(
    'Ménages: 3; SMS: 3; prévenus par le même téléphone: 0',
  );
  const submitted = (await campaign('submit', '1', ...as('communication'))).out;
  const fingerprint = /Empreinte: (\S+)/.exec(submitted)?.[1] ?? '';
  const approve = (login: string) =>
    campaign('approve', '1', ...as(login), '--fingerprint', fingerprint);
  expect(await approve('communication')).toMatchObject({ code: 3 });
  expect((await approve('ancien')).told[0]).toMatch(/Aucun compte actif/);
  expect((await approve('stm')).out).toMatch(
    /^Attention, bm: .*relu par personne.*\nCampagne 1 approuvée\.\n$/,
  );
  expect((await campaign('start', '1', ...as('communication'))).out).toBe(
    'Campagne 1 lancée: 3 SMS écrits.\n',
  );
  await campaign('pause', '1', ...as('stm'));
  expect((await campaign('status', '1')).out).toContain('suspendue');
  expect(await campaign('pause', '1', ...as('stm'))).toMatchObject({ code: 3 });
  await campaign('resume', '1', ...as('communication'));
  const house = sendingHouse(store.db, [playedGateway()], {
    clock: desk.clock,
  });
  await sendAllDue(new Sender(house));
  await watchCampaigns(desk, createLogger({ level: 'silent' }));
  const status = (await campaign('status', '1')).out;
  expect(status).toContain('Campagne 1, Nouvelles: terminée');
  expect(status).toContain('Sur 3: en attente 0, partis 3');
  expect((await campaign('board', '1')).out).toContain('ML1 Sanakoro: 3');
  const out = path.join(folder, 'tableau.csv');
  const exported = ['export', '1', 'board', ...as('stm'), '--out', out];
  expect((await campaign(...exported)).out).toMatch(/^1 lignes/);
  expect(await readFile(out, 'utf8')).toContain('\nML1;Sanakoro;3;0;3;0;');
  expect((await campaign('list')).out).toBe(
    '1  terminée  Nouvelles  Adama Berthé  3 SMS\n',
  );
});

test('a campaign is tried on phones of the staff, sent back with a reason, and what campaigns cost is told by month', async () => {
  await campaign(
    ...['new', ...as('communication'), '--title', 'Nouvelles'],
    ...['--texts', await textsFile(goodTexts), '--ceiling', '1000'],
    ...['--financing', 'FA2'],
  );
  const tried = ['test', '1', ...as('communication'), '--to', '76 12 34 56'];
  expect((await campaign(...tried, '--to', '66123456')).out).toBe(
    "Campagne 1: 8 SMS d'essai partent.\n",
  );
  expect((await campaign(...tried, '--to', '12')).told[0]).toMatch(
    /Rien n'est/,
  );
  const submit = async (id: string) =>
    /Empreinte: (\S+)/.exec(
      (await campaign('submit', id, ...as('communication'))).out,
    )?.[1] ?? '';
  await submit('1');
  const reject = (because: string) =>
    campaign('reject', '1', ...as('stm'), '--because', because);
  expect((await reject(' ')).told[0]).toMatch(/^Écrivez pourquoi/);
  expect((await reject('Trop long')).out).toBe(
    'Campagne 1 renvoyée à son auteur.\n',
  );
  expect((await campaign('status', '1')).out).toContain('refusée');
  await campaign(
    ...['new', ...as('communication'), '--title', 'Encore'],
    ...['--texts', await textsFile(goodTexts), '--ceiling', '1000'],
    ...['--financing', 'FA2'],
  );
  const costs = () => campaign('costs', '--from', '2026-03', '--to', '2026-03');
  expect((await costs()).out).toMatch(/^Aucun SMS/);
  expect((await campaign('costs', '--from', '2026-13')).told[0]).toMatch(
    /un mois: 2026-03/,
  );
  const print = await submit('2');
  await campaign('approve', '2', ...as('stm'), '--fingerprint', print);
  await campaign('start', '2', ...as('communication'));
  await sendAllDue(
    new Sender(
      sendingHouse(store.db, [playedGateway()], { clock: desk.clock }),
    ),
  );
  expect((await costs()).out).toBe(
    '2026-03  FA2  orange  3 SMS, 3 parties, 45 F CFA\nTotal: 45 F CFA\n',
  );
});

test('what is not understood is refused with a sentence, and changes nothing', async () => {
  const news = async (...more: string[]) =>
    campaign(
      ...['new', ...as('communication'), '--title', 'Nouvelles'],
      ...['--texts', await textsFile(goodTexts), '--ceiling', '1000', ...more],
    );
  expect((await news('--wave', 'W9')).told[0]).toMatch(/sous le code « W9 »/);
  expect((await news('--wave', 'A', '--session', 'B')).told[0]).toMatch(
    /une seule chose/,
  );
  expect((await news('--households', '/nowhere')).told[0]).toMatch(/pas lu/);
  expect((await campaign('status', '9')).told[0]).toMatch(/pas de campagne 9/);
  expect(await store.db.prisma.campaign.count()).toBe(0);
  const cancelled = await news();
  expect(cancelled.code).toBe(0);
  expect((await campaign('cancel', '1', ...as('stm'))).out).toBe(
    'Campagne 1 annulée: 0 SMS retirés avant leur départ.\n',
  );
});
