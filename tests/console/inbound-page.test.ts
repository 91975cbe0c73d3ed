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

const list = '/console/messages';
const writtenAt = '2026-03-12T09:30:00Z';

async function received(id: string, meaning: string, text: string | null) {
  await store.db.pool.query(
    `insert into inbound_sms (gateway, provider_id, msisdn, meaning, text, received_at)
     values ('kannel', $1, '+22376123456', $2, $3, $4)`,
    [id, meaning, text, writtenAt],
  );
}

test('an SMS that no word answers is read on its page, and goes when somebody has seen to it', async () => {
  const browser = await signedIn(
    bench,
    await anAccount(bench.desk, { role: 'safeguards', login: 'sses' }),
  );
  const empty = await browser.get(list);
  expect(empty.text).toContain('Aucun message n’attend.');
  await received('a', 'other', 'Je n’ai <b>rien</b> reçu');
  await received('b', 'yes', 'OUI');
  const start = await browser.get('/console');
  expect(start.text).toMatch(
    /Messages à lire[\s\S]{0,200}2|2[\s\S]{0,200}Messages à lire/,
  );
  const page = await browser.get(list);
  expect(page.text).toContain('76 12 34 56');
  expect(page.text).toContain('Je n’ai &lt;b&gt;rien&lt;/b&gt; reçu');
  expect(page.text).toContain('rien n’était demandé à ce numéro');
  const done = await browser.post('/console/messages/1/traite', {}, list);
  expect(done.headers['location']).toContain('/console/messages');
  const after = await browser.get(list);
  expect(after.text).not.toContain('Je n’ai');
  const { rows } = await store.db.pool.query<{ action: string }>(
    `select action from audit_entries where action like 'inbound.%' order by id`,
  );
  // Of an empty list nothing was read; a form is read before it is sent.
  const read = 'inbound.read';
  expect(rows.map(({ action }) => action)).toEqual([
    ...[read, read, 'inbound.done', read],
  ]);
});

test('one that was marked by mistake is put back by whoever marked it, and by nobody else', async () => {
  await received('slip', 'other', 'Mon argent');
  const id = (
    await store.db.pool.query<{ id: number }>(
      `select id from inbound_sms where provider_id = 'slip'`,
    )
  ).rows[0]?.id;
  const browser = await signedIn(
    bench,
    await anAccount(bench.desk, { role: 'safeguards', login: 'slip' }),
  );
  const other = await signedIn(
    bench,
    await anAccount(bench.desk, { role: 'safeguards', login: 'other' }),
  );
  await browser.post(`/console/messages/${id}/traite`, {}, list);
  const gone = await browser.get(list);
  expect(gone.text).not.toContain('Mon argent');
  expect(gone.text).toContain(`/console/messages/${id}/remis`);
  // What is off the list is not audited as read: its number is not told again.
  expect(gone.text).toContain('+223••••••56');
  expect((await other.get(list)).text).not.toContain('/remis');
  const refused = await other.post(`/console/messages/${id}/remis`, {}, list);
  expect(refused.status).toBe(404);
  await browser.post(`/console/messages/${id}/remis`, {}, list);
  const back = await browser.get(list);
  expect(back.text).toContain('Mon argent');
  expect(back.text).not.toContain('/remis');
});

test('nobody else finds the page', async () => {
  const browser = await signedIn(
    bench,
    await anAccount(bench.desk, { role: 'stm', login: 'stm' }),
  );
  expect((await browser.get(list)).status).toBe(403);
});
