import { inTransaction } from '../../src/runtime/database';
import { recordAudit } from '../../src/staff/audit';
import {
  consoleBench,
  type ConsoleBench,
  signedIn,
} from '../support/console-bench';
import { testDatabase, type TestDatabase } from '../support/database';
import { anAccount } from '../support/staff';

let store: TestDatabase;
let bench: ConsoleBench;
beforeAll(async () => {
  store = await testDatabase();
  await store.truncateAll();
  bench = consoleBench(store.db);
});
afterAll(() => store.close());

test('acts are found by who and what, page by page; the chain is read whole, and an altered row is named', async () => {
  const browser = await signedIn(
    bench,
    await anAccount(bench.desk, { role: 'internalAudit', login: 'audit' }),
  );
  await inTransaction(store.db, async (tx) => {
    for (let serial = 1; serial <= 60; serial += 1)
      await recordAudit(tx, {
        ...{ actor: 'cli', action: 'import.done', subject: `import:${serial}` },
        details: { rows: serial },
      });
    await recordAudit(tx, { actor: 'reader:1', action: 'sealed.read' });
    await recordAudit(tx, {
      ...{ actor: 'reader:1', action: 'sealed.forgotten' },
      details: { cases: 1 },
    });
  });
  const first = await browser.get('/console/audit?quoi=import');
  expect(first.text).toContain('importation n° 60<');
  expect(first.text).not.toContain('importation n° 10<');
  const [, older = ''] = /href="([^"]*avant=\d+)"/.exec(first.text) ?? [];
  const second = await browser.get(older.replaceAll('&amp;', '&'));
  expect(second.text).toContain('importation n° 10<');
  expect(second.text).not.toContain('importation n° 60<');
  const own = await browser.get('/console/audit?qui=audit');
  expect(own.text).toContain('Nom audit');
  expect(own.text).not.toContain('Fichier importé');
  expect((await browser.get('/console/audit?du=hier')).status).toBe(422);

  // What was done at the sealed line is one word for all.
  const line = (await browser.get('/console/audit?quoi=sealed')).text;
  expect(line.match(/Ligne confidentielle ouverte/g)).toHaveLength(2);
  expect(line).not.toMatch(/forgotten|cases/);

  const verify = () =>
    browser.post('/console/audit/verifier', {}, '/console/audit');
  expect((await verify()).text).toMatch(/Aucune n.+est altérée/);
  await store.db.pool.query(`alter table audit_entries disable trigger user`);
  await store.db.pool.query(
    `update audit_entries set subject = 'import:9' where subject = 'import:8'`,
  );
  await store.db.pool.query(`alter table audit_entries enable trigger user`);
  expect((await verify()).text).toMatch(/La ligne n° \d+ a été altérée/);
});
