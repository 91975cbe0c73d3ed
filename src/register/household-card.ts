import type { Tx } from '../runtime/database';
import { maskMsisdn } from '../text/msisdn';
import { mayShow } from './disclosure';

/** A household as a page of staff shows it. */
export interface HouseholdCard {
  id: number;
  householdNumber: string;
  recipient: string;
  recipientSex: string | null;
  alternate: string | undefined;
  communeCode: string;
  village: string;
  status: string;
  locale: string | null;
  /** All digits only where they were asked for. */
  cardNumber: string | undefined;
  phones: { msisdn: string; kind: string; startedAt: Date; origin: string }[];
  enrolments: {
    name: string;
    since: Date;
    until: Date | null;
    status: string;
  }[];
  importedAt: Date;
}

/**
 * Reads a household for a page: what its rules of disclosure open, numbers masked unless they were asked for and that
 * was recorded. Call it in the transaction that notes the view.
 */
export async function readHouseholdCard(
  tx: Tx,
  householdId: number,
  onRequest: boolean,
): Promise<HouseholdCard | undefined> {
  const home = await tx.household.findUnique({
    where: { id: householdId },
    include: {
      phoneLinks: {
        where: { endedAt: null },
        orderBy: { startedAt: 'desc' },
        take: 10,
      },
      enrolments: {
        include: { benefitRule: { select: { nameFr: true } } },
        orderBy: { cohortStart: 'desc' },
        take: 10,
      },
    },
  });
  if (home === null) return undefined;
  const audience = { channel: 'page', onRequest } as const;
  const { alternateFirstName, alternateLastName, cardNumber } = home;
  return {
    ...{ id: home.id, householdNumber: home.householdNumber },
    recipient: mayShow('recipientName', audience)
      ? `${home.recipientFirstName} ${home.recipientLastName}`
      : '',
    ...{ recipientSex: home.recipientSex, locale: home.locale },
    alternate:
      alternateLastName === null
        ? undefined
        : `${alternateFirstName ?? ''} ${alternateLastName}`.trim(),
    ...{ communeCode: home.communeCode, village: home.village },
    ...{ status: home.status, importedAt: home.importedAt },
    cardNumber:
      cardNumber === null || mayShow('cardNumber', audience)
        ? (cardNumber ?? undefined)
        : '••••••••',
    phones: home.phoneLinks.map(({ msisdn, kind, startedAt, origin }) => ({
      ...{ kind, startedAt, origin },
      msisdn: onRequest ? msisdn : maskMsisdn(msisdn),
    })),
    enrolments: home.enrolments.map((one) => ({
      name: one.benefitRule.nameFr,
      since: one.cohortStart,
      until: one.cohortEnd,
      status: one.status,
    })),
  };
}
