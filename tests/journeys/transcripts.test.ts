import { loadTerritory } from '../../src/staff/territory';
import { testDatabase } from '../support/database';
import type { TestDatabase } from '../support/database';
import { keepTables, type KeptTables } from '../support/keep-tables';
import { aPhone } from '../support/phone';
import { openLine } from '../support/sealed-line';
import { expectTranscript, transcriptOf } from '../support/transcript';
import { ussdHouse } from '../support/ussd-house';
import { stories, tellEverybody } from './stories';
import type { Story } from './stories';

let database: TestDatabase;
let told: KeptTables;
beforeAll(async () => {
  database = await testDatabase();
  await loadTerritory(database.db);
  await tellEverybody(database.db);
  told = await keepTables(database.url);
});
afterEach(() => told.restore());
afterAll(async () => {
  await told.close();
  await database.close();
});

const languageKey = { bm: '1', fr: '2' } as const;
type Locale = keyof typeof languageKey;

const calls = stories.flatMap((story) =>
  (['fr', 'bm'] as const).map((locale): [string, Locale, Story] => [
    story.name,
    locale,
    story,
  ]),
);

test.each(calls)(
  '%s, in %s, reads as it was agreed',
  async (name, locale, story) => {
    if (!story.firstDial) {
      await database.db.prisma.phone.create({
        data: { msisdn: story.from, locale },
      });
    }
    const keys = [
      ...(story.firstDial ? [languageKey[locale]] : []),
      ...story.keys,
    ];
    const house = ussdHouse(database.db);
    if (story.counsellors) {
      await openLine(house);
    }
    const phone = aPhone(house, story.from);
    await phone.dial();
    await phone.type(...keys);

    expectTranscript(
      `${name}.${locale}`,
      transcriptOf(story.title, ['*384*55#', ...keys], phone),
    );
    if (story.atMost !== undefined) {
      expect(phone.screens.length).toBeLessThanOrEqual(story.atMost);
    }
  },
);
