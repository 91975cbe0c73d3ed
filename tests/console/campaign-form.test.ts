import type { Audience } from '../../src/campaigns/audience';
import {
  changeCampaign,
  draftCampaign,
} from '../../src/campaigns/draft-campaign';
import { findCampaign } from '../../src/campaigns/queries';
import { fieldsOf } from '../../src/console/campaign-fields';
import { draftOf } from '../../src/console/campaign-form';
import { loadTerritory } from '../../src/staff/territory';
import {
  aCrowd,
  aDraft,
  aStarted,
  author,
  campaignDesk,
  goodTexts,
} from '../support/campaigns';
import {
  type Browser,
  consoleBench,
  type ConsoleBench,
  signedIn,
} from '../support/console-bench';
import { testDatabase, type TestDatabase } from '../support/database';
import { aHousehold } from '../support/factories';
import { anAccount } from '../support/staff';

let store: TestDatabase;
let bench: ConsoleBench;
let officer: Browser;

beforeAll(async () => {
  store = await testDatabase();
  await store.truncateAll();
  await loadTerritory(store.db);
  bench = consoleBench(store.db);
  await aHousehold()
    .owed({ wave: 'W1' })
    .owed({ wave: 'W2' })
    .meeting({ date: '2026-03-18', place: 'Sous le fromager' })
    .rationed({ date: '2026-03-19', place: 'CSCom de Kita' })
    .save(store.db);
  officer = await signedIn(
    bench,
    await anAccount(bench.desk, { role: 'communication' }),
  );
});
afterAll(() => store.close());

const locales = ['fr', 'bm'];
const code = async (table: string): Promise<string> => {
  const { rows } = await store.db.pool.query<{ code: string }>(
    `select code from ${table} limit 1`,
  );
  return rows[0]?.code ?? '';
};

describe('what the form shows of a campaign is what it keeps', () => {
  const kept = async (
    audience: Audience,
    subject?: { kind: 'wave'; code: string },
  ): Promise<unknown> => {
    const desk = campaignDesk(store.db);
    const id = await draftCampaign(desk, author, aDraft({ audience, subject }));
    const campaign = await findCampaign(store.db, id);
    const about = subject && { id: 1, from: null, to: null, ...subject };
    const fields = fieldsOf(campaign, about as never);
    return draftOf(fields, audience, locales).audience;
  };

  test('several languages and waves, a wave apart from what it speaks of, a distribution, a session', async () => {
    const audience: Audience = {
      ...{ languages: ['fr', 'bm'], waves: ['W1', 'W2'] },
      distributions: [await code('distributions')],
      sessions: [await code('support_sessions')],
      ...{ waveStates: ['open'], sex: 'F' },
      units: [{ level: 'cercle', code: 'C-1' }],
    };
    expect(await kept(audience)).toEqual(audience);
    expect(await kept(audience, { kind: 'wave', code: 'W1' })).toEqual(
      audience,
    );
  });

  test('without a choice: nothing is narrowed, and what it speaks of narrows nothing by itself', async () => {
    expect(await kept({})).toEqual({});
    expect(await kept({}, { kind: 'wave', code: 'W1' })).toEqual({});
  });
});

test('a code under which there is nothing is told beside the audience, and all that was typed stays', async () => {
  const answer = await officer.post(
    '/console/campagnes/nouvelle',
    {
      ...{ titre: 'Nouvelles', plafond: '5000', echecs: '20', duree: '72' },
      ...{ vagues: 'W1, W9', 'l-bm': '1', 'texte-fr-own': 'Bonjour' },
    },
    '/console/campagnes/nouvelle',
  );
  expect(answer.status).toBe(422);
  expect(answer.text).toContain('il n&#39;y a pas de vague « W9 »');
  expect(answer.text).toMatch(/name="vagues"[^>]*value="W1, W9"/);
  expect(answer.text).toMatch(/name="l-bm"[^>]*checked/);
  expect(
    await store.db.prisma.campaign.count({ where: { title: 'Nouvelles' } }),
  ).toBe(0);
});

test('every commune of the country may be ticked at once', async () => {
  const communes = await store.db.prisma.territoryUnit.findMany({
    where: { level: 'commune', validTo: null },
    select: { code: true },
  });
  expect(communes.length).toBeGreaterThan(600);
  const answer = await officer.post(
    '/console/campagnes/nouvelle',
    {
      ...{ titre: 'Partout', plafond: '5000', echecs: '20', duree: '72' },
      ...Object.fromEntries(
        communes.map((one) => [`u-commune-${one.code}`, '1']),
      ),
      'texte-fr-own': 'Bonjour',
    },
    '/console/campagnes/nouvelle',
  );
  expect(answer.status).toBe(303);
  const { audience } = await store.db.prisma.campaign.findFirstOrThrow({
    where: { title: 'Partout' },
  });
  expect((audience as Audience).units).toHaveLength(communes.length);
});

test('who reviewed a text has not read what was changed since: the name goes with the text that it stood for', async () => {
  const desk = campaignDesk(store.db);
  const texts = {
    fr: { ...goodTexts.fr, reviewedBy: 'Awa Traoré' },
    bm: { ...goodTexts.bm, reviewedBy: 'Sidi Keïta' },
  };
  const id = await draftCampaign(desk, author, aDraft({ texts }));
  const reviewers = async () => {
    const { texts: now } = await findCampaign(store.db, id);
    const { fr, bm: own } = now as typeof texts;
    return [fr.reviewedBy, own.reviewedBy];
  };
  const bm = { ...texts.bm, own: `${texts.bm.own} I ni ce.` };
  const change = async (changed: object, version: number) =>
    changeCampaign(desk, author, id, {
      ...aDraft({ texts: changed }),
      version,
    });
  await change({ ...texts, bm }, 1);
  expect(await reviewers()).toEqual(['Awa Traoré', undefined]);
  await change({ ...texts, bm }, 2);
  expect(await reviewers()).toEqual(['Awa Traoré', 'Sidi Keïta']);
  await change(
    { ...texts, bm: { ...bm, own: 'Jigi', reviewedBy: 'Oumou' } },
    3,
  );
  expect(await reviewers()).toEqual(['Awa Traoré', 'Oumou']);
});

test('while a large audience is counted its page says so and asks again; then it shows the numbers', async () => {
  let isCounted = false;
  const slow = consoleBench(store.db, {
    reckonings: {
      of: async (_campaign, reckon) => (isCounted ? reckon() : undefined),
    },
  });
  const browser = await signedIn(
    slow,
    await anAccount(slow.desk, { role: 'stm' }),
  );
  const id = await draftCampaign(campaignDesk(store.db), author, aDraft());
  const page = `/console/campagnes/${id}/chiffres`;
  const waiting = await browser.get(page);
  expect(waiting.text).toContain('Le public est compté');
  expect(waiting.text).toContain('http-equiv="refresh"');
  isCounted = true;
  const counted = await browser.get(page);
  expect(counted.text).toContain('SMS à envoyer');
  expect(counted.text).not.toContain('http-equiv="refresh"');
});

test('at night the page of a sending that stands still says until when', async () => {
  const browser = await signedIn(
    bench,
    await anAccount(bench.desk, { role: 'stm', login: 'stm-night' }),
  );
  const desk = { ...campaignDesk(store.db), clock: bench.desk.clock };
  await aCrowd(store.db, 3);
  const id = await aStarted(desk);
  const page = `/console/campagnes/${id}/envoi`;
  expect((await browser.get(page)).text).not.toContain('Rien ne part la nuit');
  bench.desk.clock.advance({ hours: 11 });
  const night = await signedIn(
    bench,
    await anAccount(bench.desk, { role: 'stm', login: 'stm-late' }),
  );
  expect((await night.get(page)).text).toContain(
    'il continue le 13/03/2026 à 07:30',
  );
});
