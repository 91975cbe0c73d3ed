import type { Database } from '../runtime/database';

/** The household of a territory whose card has these eight digits; undefined for none, and where several share it. */
export async function householdOfCard(
  { prisma }: Pick<Database, 'prisma'>,
  cardNumber: string,
  within: 'country' | readonly string[],
): Promise<number | undefined> {
  const [home, other] = await prisma.household.findMany({
    where: {
      cardNumber,
      ...(within !== 'country' && { communeCode: { in: [...within] } }),
    },
    select: { id: true },
    take: 2,
  });
  return other === undefined ? home?.id : undefined;
}
