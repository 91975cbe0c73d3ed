import { draftCampaign } from '../../src/campaigns/draft-campaign';
import { approveCampaign } from '../../src/campaigns/decide-campaign';
import { startCampaign } from '../../src/campaigns/start-campaign';
import { submitCampaign } from '../../src/campaigns/submit-campaign';
import { routes } from '../../src/console/routes';
import { permissionsOf } from '../../src/staff/permissions';
import { roleNames, roleOf } from '../../src/staff/roles';
import {
  aCrowd,
  aDraft,
  approver,
  author,
  goodTexts,
} from '../support/campaigns';
import {
  type Browser,
  consoleBench,
  type ConsoleBench,
  formWordOf,
  signedIn,
} from '../support/console-bench';
import { testDatabase, type TestDatabase } from '../support/database';
import { playedGateway, sendAllDue, sendingHouse } from '../support/sms-queue';
import { Sender } from '../../src/messaging/sender';
import { anAccount, aTerritory } from '../support/staff';
import { tell } from '../support/tell';

let store: TestDatabase;
let bench: ConsoleBench;

beforeAll(async () => {
  store = await testDatabase();
});
beforeEach(async () => {
  await store.truncateAll();
  await aTerritory(store.db);
  bench = consoleBench(store.db);
});
afterAll(() => store.close());

const desk = () => bench.house.campaignDesk();

/** A campaign that has gone to so many phones, some of which refused. @returns its number */
async function aSentOne(phones: number, title?: string): Promise<number> {
  await aCrowd(store.db, phones);
  await store.db.pool.query(
    `update households set village = '=HYPERLINK("http://x","Kita")', village_key = 'kita' where id % 2 = 0;
     update households set sms_consent = false where id % 5 = 0`,
  );
  const id = await draftCampaign(
    desk(),
    author,
    aDraft(title === undefined ? {} : { title }),
  );
  const print = await submitCampaign(desk(), author, id);
  await approveCampaign(desk(), approver, id, print);
  await startCampaign(desk(), author, id);
  const clock = bench.desk.clock;
  await sendAllDue(
    new Sender(sendingHouse(store.db, [playedGateway()], { clock })),
  );
  return id;
}

const campaignRoutes = routes.filter(({ path }) =>
  path.startsWith('/campagnes'),
);

/** What a page tells, its form's word and the address asked for put aside. */
async function seen(
  browser: Browser,
  method: 'get' | 'post',
  path: string,
  id: number,
) {
  const at = `/console${path.replace(':id', String(id))}`;
  const word = formWordOf((await browser.get('/console/compte')).text);
  const answer =
    method === 'get'
      ? await browser.get(at)
      : await browser.agent.post(at).type('form').send({ _csrf: word });
  return { status: answer.status, text: answer.text };
}

test('experiment 24: of campaigns, whoever has no campaigns learns from no number and no file whether there is one', async () => {
  const id = await aSentOne(10, 'Canari de campagne');
  const strangers = roleNames.filter(
    (role) => !permissionsOf(role).has('campaigns.prepare'),
  );
  expect(strangers.length).toBeGreaterThan(6);
  let asked = 0;
  for (const role of strangers) {
    const territory: Readonly<Record<string, string>> = {
      ...{ region: 'R-1', cercle: 'C-1', commune: 'ML1', country: '' },
    };
    const browser = await signedIn(
      bench,
      await anAccount(bench.desk, {
        ...{ role, territory: territory[roleOf(role).reach[0]] ?? '' },
        ...(role === 'paymentAgency' && { provider: 'P1' }),
      }),
    );
    for (const { method, path } of campaignRoutes) {
      const there = await seen(browser, method, path, id);
      const not = await seen(browser, method, path, id + 1_000);
      expect({ role, path, status: there.status }).toEqual({
        ...{ role, path, status: 403 },
      });
      expect(there.text).toBe(not.text);
      expect(there.text).not.toContain('Canari');
      asked += 1;
    }
  }
  tell('experiment 24, campaigns', { roles: strangers.length, asked });
}, 120_000);

test('experiment 24: of campaigns, whoever has them walks their numbers and files, and sees no name, no number and no card', async () => {
  const id = await aSentOne(10);
  const browser = await signedIn(
    bench,
    await anAccount(bench.desk, { role: 'communication' }),
  );
  for (const { method, path } of campaignRoutes) {
    const { status, text } = await seen(browser, method, path, id);
    expect(status).toBeLessThan(500);
    // Canarie Secrète has the cards 10000001 and on, and the numbers +223 70 00 00 01 and on.
    expect({ path, text }).toEqual({
      path,
      text: expect.not.stringMatching(
        /Secrète|1000000\d|2237000000|70 ?00 ?00 ?0\d/,
      ) as string,
    });
    if (path.includes(':id') && status !== 403)
      expect((await seen(browser, method, path, 999_999)).status).toBe(404);
  }
}, 60_000);

test('experiment 25: of campaigns, no act comes by GET or from another site, and a title or a text that is script is shown as text', async () => {
  const script = `"><script>alert(1)</script>'{{7*7}}`;
  const id = await draftCampaign(
    desk(),
    author,
    aDraft({
      title: script,
      texts: { ...goodTexts, fr: { own: script, shared: script } },
    }),
  );
  const browser = await signedIn(
    bench,
    await anAccount(bench.desk, { role: 'communication' }),
  );
  const word = formWordOf((await browser.get('/console/compte')).text);
  const acts = campaignRoutes.filter(
    ({ method, path }) => method === 'post' && path.includes(':id'),
  );
  expect(acts.length).toBeGreaterThan(6);
  const shown = new Set(
    campaignRoutes
      .filter(({ method }) => method === 'get')
      .map(({ path }) => path),
  );
  for (const { path } of acts) {
    const at = `/console${path.replace(':id', String(id))}`;
    if (!shown.has(path)) expect((await browser.get(at)).status).toBe(404);
    const forged = await browser.agent
      .post(at)
      .set({ Origin: 'https://evil.example' })
      .type('form')
      .send({ _csrf: word });
    expect({ path, status: forged.status }).toEqual({ path, status: 403 });
  }
  for (const path of shown) {
    const { text } = await seen(browser, 'get', path, id);
    expect(text).not.toMatch(/<script>|'49/);
    expect(text).not.toMatch(
      /<script(?! type="module" src="\/console\/assets\/)|<style|\son\w+=|\sstyle=/,
    );
  }
  const { state } = await store.db.prisma.campaign.findUniqueOrThrow({
    where: { id },
  });
  expect(state).toBe('draft');
}, 60_000);

test('experiment 27: of campaigns, a village that is a formula is none in the files of a campaign', async () => {
  const id = await aSentOne(20);
  const browser = await signedIn(
    bench,
    await anAccount(bench.desk, { role: 'communication' }),
  );
  for (const name of ['villages.csv', 'a-visiter.csv']) {
    const { status, text } = await browser.get(
      `/console/campagnes/${id}/${name}`,
    );
    expect([name, status]).toEqual([name, 200]);
    expect(text).toContain('HYPERLINK');
    const cells = text.split(/\r?\n/).flatMap((line) => line.split(';'));
    expect(cells.filter((cell) => /^"?[=+@\t]/.test(cell))).toEqual([]);
  }
}, 60_000);
