import type { Database } from '../runtime/database';
import { parseMsisdn } from '../text/msisdn';

/** A household that was looked for, before a reason is given: where it is, and nothing of who. */
export interface FoundHousehold {
  id: number;
  communeCode: string;
  village: string;
  status: string;
}

/** What was typed, as far as it can be a number of a household. */
export type HouseholdSearch =
  { kind: 'unreadable' } | { kind: 'found'; households: FoundHousehold[] };

const most = 50;

/**
 * Finds households by household number, card or phone; nothing else is searched. What is found has still to be asked
 * of the territory of whoever asks.
 */
export async function findHouseholds(
  { prisma }: Pick<Database, 'prisma'>,
  typed: string,
): Promise<HouseholdSearch> {
  const wanted = typed.trim();
  const digits = wanted.replaceAll(/[\s.-]/g, '');
  if (wanted.length < 3 || wanted.length > 60) return { kind: 'unreadable' };
  const msisdn = parseMsisdn(wanted);
  const households = await prisma.household.findMany({
    where: {
      OR: [
        { householdNumber: wanted },
        ...(/^\d{8}$/.test(digits) ? [{ cardNumber: digits }] : []),
        ...(msisdn === undefined
          ? []
          : [{ phoneLinks: { some: { msisdn, endedAt: null } } }]),
      ],
    },
    select: { id: true, communeCode: true, village: true, status: true },
    orderBy: { id: 'asc' },
    take: most,
  });
  return { kind: 'found', households };
}
