import { foldName } from '../text/fold-name';
import type { CampaignDesk } from './campaign-desk';
import {
  namingWords,
  textsIn,
  type LintedDraft,
  type LintGround,
} from './lint-ground';

/** What the texts of a draft are judged by: which of their words are places of the territory or names of the register. */
export async function readLintGround(
  { db, languages, shortCode, senderNames }: CampaignDesk,
  draft: LintedDraft,
): Promise<LintGround> {
  const found = textsIn(draft)
    .flatMap(({ text }) => namingWords(text))
    .filter(({ word }) => foldName(word) !== foldName(programmeName));
  const words = [...new Set(found.map(({ word }) => word))];
  // At the beginning of a sentence a word is taken for a village or a person only if it stands elsewhere too.
  const inside = new Set(
    found.filter(({ opens }) => !opens).map(({ word }) => word),
  );
  const { rows: units } = await db.pool.query<{ name: string }>(
    `select distinct name from territory_units`,
  );
  const unitWords = new Set(
    units.flatMap(({ name }) => [foldName(name), ...partsOf(name)]),
  );
  const { rows } = await db.pool.query<{ key: string; is_place: boolean }>(
    `select distinct village_key as key, true as is_place from households where village_key = any($1::text[])
     union all
     select distinct lower(name), false from households
       cross join lateral (values (recipient_first_name), (recipient_last_name)) as called (name)
       where lower(name) = any($2::text[])`,
    [words.map(foldName), words.map((word) => word.toLowerCase())],
  );
  const villages = new Set(rows.filter((one) => one.is_place).map(keyOf));
  const people = new Set(rows.filter((one) => !one.is_place).map(keyOf));
  return {
    ...{ languages, shortCode, senderNames },
    places: new Set(
      words.filter(
        (word) =>
          unitWords.has(foldName(word)) ||
          (inside.has(word) && villages.has(foldName(word))),
      ),
    ),
    names: new Set(
      words.filter(
        (word) => inside.has(word) && people.has(word.toLowerCase()),
      ),
    ),
  };
}

/** The first word of every message, by which its reader knows it from a fraud. */
export const programmeName = 'Jigisèmèjiri';

function partsOf(name: string): string[] {
  return name
    .split(/[\s-]+/)
    .filter((part) => part.length > 4)
    .map(foldName);
}

function keyOf({ key }: { key: string }): string {
  return key;
}
