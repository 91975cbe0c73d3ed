import { refreshFigures } from '../../src/complaints/refresh-figures';
import { loadTerritory } from '../../src/staff/territory';
import {
  type Browser,
  consoleBench,
  type ConsoleBench,
  signedIn,
} from '../support/console-bench';
import { testDatabase, type TestDatabase } from '../support/database';
import { manyComplaints } from '../support/many-complaints';
import { anAccount } from '../support/staff';

let store: TestDatabase;
let bench: ConsoleBench;
let national: Browser;
let region: Browser;

beforeAll(async () => {
  store = await testDatabase();
  await store.truncateAll();
  await loadTerritory(store.db);
  await manyComplaints(store.db, { households: 900, complaints: 1500 });
  bench = consoleBench(store.db);
  await refreshFigures({ db: store.db, clock: bench.desk.clock });
  national = await signedIn(
    bench,
    await anAccount(bench.desk, { role: 'safeguards' }),
  );
  region = await signedIn(
    bench,
    await anAccount(bench.desk, { role: 'regionOfficer', territory: 'Kayes' }),
  );
}, 60_000);
afterAll(() => store.close());

/** The cells of a row of a table of the page, its first being its title. */
function rowOf(page: string, table: string, title: string): string[] {
  const [, part = ''] = page.split(`id="t-${table}"`);
  const row = part
    .split('<!-- figure -->')[0]
    ?.split('<tr')
    .find((one) => one.includes(`>${title}<`));
  return Array.from(
    (row ?? '').matchAll(/<td[^>]*>([^<]*)/g),
    ([, cell = '']) => cell.replaceAll('\u00a0', ' '),
  );
}

test('the page tells what the store holds, with a table for each plot, and leads to the list whoever may read it', async () => {
  const { text } = await national.get('/console/chiffres?periode=2025');
  const { rows } = await store.db.pool.query<{ n: string }>(
    `select count(*) as n from complaints where filed_at >= '2025-01-01' and filed_at < '2026-01-01' and category = 'C2'`,
  );
  expect(rowOf(text, 'category', 'Paiement')[0]).toBe(rows[0]?.n);
  const [, list = ''] =
    /href="(\/console\/demandes\?[^"]*C2[^"]*)"/.exec(text) ?? [];
  expect((await national.get(list)).text).toMatch(/value="C2" selected/);
  expect(text).toMatch(/<svg class="plot"[^>]*aria-hidden="true"/);
  expect(rowOf(text, 'month', 'mai 2025')).toHaveLength(7);
  expect(rowOf(text, 'payments', 'Ensemble')).toEqual([]);
  const figures = await signedIn(
    bench,
    await anAccount(bench.desk, { role: 'figures' }, false),
  );
  const seen = (await figures.get('/console/chiffres?periode=2026-T1')).text;
  expect(seen).not.toContain('/console/demandes');
  expect(rowOf(seen, 'payments', 'Ensemble')[0]).toBe('900');
});

test('an officer counts in her territory only, whatever she asks', async () => {
  const { text } = await region.get(
    '/console/chiffres?periode=2025&region=R-gao',
  );
  const { rows } = await store.db.pool.query<{ n: string }>(
    `select sum(received) as n from complaint_figures where region_code = 'R-kayes' and month >= '2025-01-01' and month < '2026-01-01'`,
  );
  const [, received] = /<dt>Reçues<\/dt><dd>([^<]*)/.exec(text) ?? [];
  expect(received).toBe(rows[0]?.n);
  expect(text).not.toContain('name="region"');
  expect(text).not.toContain('id="t-region"');
  expect(text).not.toContain('id="t-sealed"');
});

test('of the sealed line a year is told, and no part of it', async () => {
  const tells = async (period: string) =>
    (await national.get(`/console/chiffres?periode=${period}`)).text.includes(
      'id="t-sealed"',
    );
  expect(await tells('2025')).toBe(true);
  expect(await tells('2025-T2')).toBe(false);
  expect(await tells('2025-05')).toBe(false);
});

test('experiment of small cells: no page, and no two of them, tell a count of 1 to 4', async () => {
  const pages = new Map<string, number | undefined>();
  const read = async (query: string): Promise<number | undefined> => {
    const known = pages.get(query);
    if (pages.has(query)) return known;
    const { text } = await national.get(`/console/chiffres?${query}`);
    const [, told = '0'] = /<dt>Reçues<\/dt><dd[^>]*>([^<]*)/.exec(text) ?? [];
    const count = /^\d/.test(told)
      ? Number(told.replaceAll(/\D/g, ''))
      : undefined;
    pages.set(query, count);
    return count;
  };
  const shown = (count: number | undefined): boolean => count !== undefined;
  // Six women and two men: the women's page would tell of the men.
  await store.db.pool.query(
    `insert into complaint_figures select '2025-08-01', 'R-taoudenit', '', 'C2', 'N5', 'ussd', sex, true, received, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, null
      from (values ('F', 6), ('M', 2)) told (sex, received)`,
  );
  let hidden = 0;
  for (const period of ['periode=2025', 'periode=2025-T2', 'periode=2025-05'])
    for (const place of [
      'region=R-taoudenit',
      'region=R-gao',
      'region=R-kayes',
    ])
      for (const rest of ['', '&sexe=F', '&sexe=M']) {
        const whole = await read(`${period}&${place}`);
        const part = await read(`${period}&${place}${rest}`);
        const wider = await read(`${period}${rest}`);
        for (const [one, other] of [
          [whole, part],
          [wider, part],
        ])
          if (shown(one) && shown(other)) {
            const left = (one ?? 0) - (other ?? 0);
            expect({
              period,
              place,
              rest,
              isSmall: left > 0 && left < 5,
            }).toEqual({
              ...{ period, place, rest, isSmall: false },
            });
          } else hidden += 1;
        if (shown(part)) expect(part === 0 || (part ?? 0) >= 5).toBe(true);
      }
  expect(hidden).toBeGreaterThan(3);
}, 60_000);

test('files hold what the page shows, hidden as there, no formula, and are told to the audit', async () => {
  await store.db.pool.query(
    `update waves set provider_code = '=HYPERLINK("http://evil")' where code = 'MANY-1'`,
  );
  bench.desk.clock.advance({ minutes: 11 });
  await refreshFigures({ db: store.db, clock: bench.desk.clock });
  const query = 'periode=2026&region=R-kayes';
  const page = await national.get(`/console/chiffres?${query}`);
  expect(page.text).toContain('masqué');
  const csv = await national.get(`/console/chiffres/export.csv?${query}`);
  expect(csv.headers['content-disposition']).toContain('chiffres-2026.csv');
  expect(csv.text).toContain('masqué');
  expect(csv.text).toContain(`"'=HYPERLINK(""http://evil"")"`);
  expect(
    csv.text.split('\n').filter((line) => /(^|;)"?[=+@-]/.test(line)),
  ).toEqual([]);
  const xlsx = await national.agent
    .get(`/console/chiffres/export.xlsx?${query}`)
    .buffer(true)
    .parse((answer, done) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () => {
        done(null, Buffer.concat(parts));
      });
    });
  expect(xlsx.status).toBe(200);
  expect((xlsx.body as Buffer).subarray(0, 2).toString()).toBe('PK');
  expect((xlsx.body as Buffer).toString('latin1')).not.toContain('<f>');
  expect(
    (await region.get(`/console/chiffres/export.csv?${query}`)).status,
  ).toBe(403);
  const told = await store.db.prisma.auditEntry.count({
    where: { action: 'figures.exported' },
  });
  expect(told).toBe(2);
});
