import type { Database } from '../runtime/database';

/**
 * The commune of the code on the poster: the digits of its P-code.
 * @returns its code; undefined when no commune has it
 */
export async function communeOfDigits(
  db: Database,
  digits: string,
): Promise<string | undefined> {
  const unit = await db.prisma.territoryUnit.findFirst({
    where: { level: 'commune', pcode: `ML${digits}`, validTo: null },
    select: { code: true },
  });
  return unit?.code;
}
