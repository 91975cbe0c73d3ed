import { loadTerritory } from '../../src/staff/territory';
import { testDatabase } from '../support/database';
import type { TestDatabase } from '../support/database';
import { aPhone } from '../support/phone';
import { expectTranscript, transcriptOf } from '../support/transcript';
import { ussdHouse } from '../support/ussd-house';
import { stories, tellEverybody } from './stories';
import type { Story } from './stories';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(async () => {
  await database.truncateAll({ keep: ['territory_units'] });
  await loadTerritory(database.db);
  await tellEverybody(database.db);
});
afterAll(() => database.close());

const languageKey = { bm: '1', fr: '2' } as const;
type Locale = keyof typeof languageKey;

const told = stories.flatMap((story) =>
  (['fr', 'bm'] as const).map((locale): [string, Locale, Story] => [
    story.name,
    locale,
    story,
  ]),
);

test.each(told)(
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
    const phone = aPhone(ussdHouse(database.db), story.from);
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
