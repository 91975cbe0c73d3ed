import type { Database } from '../runtime/database';

/** The names of these units of the territory, by their code. */
export async function unitNames(
  { prisma }: Pick<Database, 'prisma'>,
  codes: readonly (string | undefined)[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = codes.filter((code) => code !== undefined);
  const units = await prisma.territoryUnit.findMany({
    where: { code: { in: wanted }, validTo: null },
    select: { code: true, name: true },
  });
  return new Map(units.map(({ code, name }) => [code, name]));
}
