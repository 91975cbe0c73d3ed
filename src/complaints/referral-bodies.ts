import type { Clock } from '../runtime/clock';
import { inTransaction, type Database } from '../runtime/database';
import { recordAudit } from '../staff/audit';
import { holds } from '../staff/permissions';
import type { Officer } from './visibility';

/** What an outside body does. */
export const bodyKinds = {
  health: 'Santé',
  justice: 'Justice',
  police: 'Police, gendarmerie',
  social: 'Développement social',
  payment: 'Agence de paiement',
  data: 'Protection des données',
  other: 'Autre',
} as const;

export type BodyKind = keyof typeof bodyKinds;

/** An outside body as it is offered. */
export interface BodyDraft {
  kind: BodyKind;
  name: string;
  /** Number, address, hours: what its visitors need. */
  contact: string;
  /** Absent: the whole country. */
  regionCode?: string;
}

interface Deps {
  db: Pick<Database, 'prisma'>;
  clock: Clock;
}

/** The bodies that are offered, of a region and of the whole country, the nearest first. */
export function bodiesFor(
  { prisma }: Pick<Database, 'prisma'>,
  regionCode?: string,
) {
  return prisma.referralBody.findMany({
    where: {
      endedOn: null,
      ...(regionCode === undefined
        ? {}
        : { OR: [{ regionCode }, { regionCode: null }] }),
    },
    orderBy: [{ regionCode: { sort: 'asc', nulls: 'last' } }, { name: 'asc' }],
  });
}

/** Adds a body to the directory, as checked today. @returns its number; undefined where it is not for this officer */
export function addBody(
  { db, clock }: Deps,
  officer: Officer,
  { kind, name, contact, regionCode }: BodyDraft,
): Promise<number | undefined> {
  return inTransaction(db, async (tx) => {
    if (!holds(officer, 'referrals.keep')) return undefined;
    const { id } = await tx.referralBody.create({
      data: {
        ...{ kind, name, contact, regionCode: regionCode ?? null },
        lastCheckedOn: new Date(clock.today()),
      },
      select: { id: true },
    });
    await recordAudit(tx, {
      ...{ actor: `officer:${officer.id}`, action: 'referral.added' },
      subject: `referral:${id}`,
    });
    return id;
  });
}

/** Notes that a body was found to be there today, or offers it no more. @returns whether that could be noted */
export function checkBody(
  { db, clock }: Deps,
  officer: Officer,
  { bodyId, isThere }: { bodyId: number; isThere: boolean },
): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    if (!holds(officer, 'referrals.keep')) return false;
    const today = new Date(clock.today());
    const { count } = await tx.referralBody.updateMany({
      where: { id: bodyId, endedOn: null },
      data: isThere ? { lastCheckedOn: today } : { endedOn: today },
    });
    if (count > 0)
      await recordAudit(tx, {
        ...{ actor: `officer:${officer.id}` },
        action: isThere ? 'referral.checked' : 'referral.ended',
        subject: `referral:${bodyId}`,
      });
    return count > 0;
  });
}
