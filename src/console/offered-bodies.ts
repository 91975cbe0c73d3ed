import { bodiesFor } from '../complaints/referral-bodies';
import type { Database } from '../runtime/database';
import { unitNames } from '../staff/unit-names';

/** An outside body with the name of its region; none: the whole country. */
export type OfferedBody = Awaited<ReturnType<typeof bodiesFor>>[number] & {
  region: string | undefined;
};

/** The outside bodies that are offered; of one region, those and the country's. */
export async function offeredBodies(
  db: Pick<Database, 'prisma'>,
  regionCode?: string,
): Promise<OfferedBody[]> {
  const bodies = await bodiesFor(db, regionCode);
  const codes = bodies.map((body) => body.regionCode ?? undefined);
  const names = await unitNames(db, codes);
  return bodies.map((body) => ({
    ...body,
    region: names.get(body.regionCode ?? ''),
  }));
}
