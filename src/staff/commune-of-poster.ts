import type { Database } from '../runtime/database';

/**
 * The commune of the code on the poster: the six digits of its P-code.
 * @returns the unit's code; undefined when no commune has these digits
 */
export async function communeOfPoster(
  { prisma }: Pick<Database, 'prisma'>,
  digits: string,
): Promise<string | undefined> {
  const unit = await prisma.territoryUnit.findFirst({
    where: { level: 'commune', pcode: `ML${digits}`, validTo: null },
    select: { code: true },
  });
  return unit?.code;
}
