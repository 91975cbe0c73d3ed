import { importUploads } from '../../src/exchange/import-uploads';
import { loadTerritory } from '../../src/staff/territory';
import {
  type Browser,
  consoleBench,
  type ConsoleBench,
  formWordOf,
  signedIn,
} from '../support/console-bench';
import { testDatabase, type TestDatabase } from '../support/database';
import { anAccount, auditedActs } from '../support/staff';

let store: TestDatabase;
let bench: ConsoleBench;
let rrsu: Browser;
beforeAll(async () => {
  store = await testDatabase();
  await store.truncateAll();
  await loadTerritory(store.db);
  bench = consoleBench(store.db);
  rrsu = await signedIn(bench, await anAccount(bench.desk, { role: 'rrsu' }));
});
afterAll(() => store.close());

const rules = (name: string) =>
  [
    'rule_code;programme;financing;name_fr;monthly_amount_xof;lump_sum_xof;months_per_instalment;duration_months;valid_from;valid_to',
    `TM;TM;BM;${name};15000;;2;36;2024-01-01;`,
    'BAD;TM;BM;=1+1;quinze;;2;36;2024-01-01;',
  ].join('\n');

async function send(browser: Browser, content: string, word?: string) {
  const page = await browser.get('/console/registre');
  return await browser.agent
    .post('/console/registre/importer')
    .field('_csrf', word ?? formWordOf(page.text))
    .attach('fichier', Buffer.from(content), 'règles.csv');
}

const work = () =>
  importUploads({
    ...{ db: store.db, clock: bench.house.clock },
    log: { error: (...told) => bench.errors.push(told) },
  });

test('a file is sent, imported by a worker, followed, and its rejected rows come back without a formula', async () => {
  expect((await rrsu.get('/console/registre')).text).toContain('Jamais reçu');
  const sent = await send(rrsu, rules('Transfert'));
  const at = sent.headers['location'] ?? '';
  expect([sent.status, at]).toEqual([303, '/console/registre/fichiers/1']);
  const waiting = (await rrsu.get(at)).text;
  expect(waiting).toContain('Attend son tour');
  expect(waiting).toContain('règles.csv');
  expect(waiting).toContain('data-ask-every-s="3"');
  expect(await work()).toBe(1);
  const done = (await rrsu.get(at)).text;
  expect(done).toContain('Règles de prestation');
  expect(done).not.toContain('data-ask-every-s');
  expect(done).not.toContain('jigi-upload-');
  const rows = await rrsu.get(`${at}/rejets.csv`);
  expect(rows.headers['content-disposition']).toContain('rejets-1.csv');
  expect(rows.text).toContain("BAD;TM;BM;'=1+1;quinze");
  expect(await store.db.prisma.benefitRule.count()).toBe(1);
  expect(
    await store.db.prisma.uploadPiece.count({ where: { side: 'file' } }),
  ).toBe(0);
  expect((await rrsu.get('/console/registre')).text).toContain('aujourd’hui');
  expect((await auditedActs(store.db)).at(-1)).toBe(
    'officer:1 import.done import:1',
  );
  expect(bench.errors).toEqual([]);
});

test('a file that is none is refused with the reason; without the form’s word, or the right, nothing is kept of it', async () => {
  const sent = await send(rrsu, 'a;b\n1;2\n');
  await work();
  const told = (await rrsu.get(sent.headers['location'] ?? '')).text;
  expect(told).toContain('Refusé');
  const before = await store.db.prisma.upload.count();
  expect((await send(rrsu, rules('x'), 'wrong')).status).toBe(403);
  expect((await send(rrsu, '')).status).toBe(303);
  await work();
  const figures = await signedIn(
    bench,
    await anAccount(bench.desk, { role: 'figures' }, false),
  );
  const page = await figures.get('/console/registre');
  expect(page.text).not.toContain('Importer un fichier');
  expect((await send(figures, rules('x'), formWordOf(page.text))).status).toBe(
    403,
  );
  expect((await figures.get('/console/registre/fichiers/1')).status).toBe(403);
  expect(await store.db.prisma.upload.count()).toBe(before + 1);
  const other = await signedIn(
    bench,
    await anAccount(bench.desk, { role: 'rrsu', login: 'other' }),
  );
  expect((await other.get('/console/registre/fichiers/1')).status).toBe(404);
  expect(
    (await other.get('/console/registre/fichiers/1/rejets.csv')).status,
  ).toBe(404);
  const none = await rrsu.agent
    .post('/console/registre/importer')
    .field('_csrf', formWordOf((await rrsu.get('/console/registre')).text));
  expect([none.status, none.text]).toEqual([
    422,
    expect.stringContaining('Choisissez un fichier CSV'),
  ]);
});
