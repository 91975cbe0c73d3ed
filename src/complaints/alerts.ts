import type { Clock } from '../runtime/clock';
import { inTransaction, type Database, type Tx } from '../runtime/database';
import { recordAudit } from '../staff/audit';
import { holds } from '../staff/permissions';
import { ground, type Officer } from './visibility';

/** So many complaints naming one agent raise an alert. Source: the programme's stories, pay agent. */
export const alertFrom = 3;

/** Several complaints name one agent, as regions and the nation see it. */
export interface Alert {
  id: number;
  namedKey: string;
  complaints: number;
  communeCode: string | null;
  raisedAt: Date;
  seenAt: Date | null;
}

/** Counts the complaints that name somebody: raises the alert, renews it when there are more, or takes it back. */
export async function recountAlert(
  { tx, clock }: { tx: Tx; clock: Clock },
  namedKey: string | null,
): Promise<void> {
  if (namedKey === null) return;
  // Two at once would each count without the other.
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended('alert ' || ${namedKey}, 0))`;
  const naming = await tx.complaint.findMany({
    where: { namedKey, status: { not: 'DUPLICATE' } },
    select: { namedAccountId: true, namedLevel: true, communeCode: true },
    orderBy: { filedAt: 'desc' },
  });
  const [newest] = naming;
  if (newest === undefined || naming.length < alertFrom) {
    await tx.complaintAlert.deleteMany({ where: { namedKey } });
    return;
  }
  const known = await tx.complaintAlert.findUnique({ where: { namedKey } });
  if (known !== null && known.complaints >= naming.length) return;
  const raised = {
    ...{ ...newest, complaints: naming.length, raisedAt: clock.now() },
    ...{ seenAt: null, seenBy: null },
  };
  await tx.complaintAlert.upsert({
    where: { namedKey },
    create: { ...raised, namedKey },
    update: raised,
  });
}

/**
 * The alerts of an officer's territory, the newest first: for regions and the nation, never for whom they name, and
 * where enough of their complaints are of her categories; of others no number tells.
 */
export async function alertsFor(
  { prisma }: Pick<Database, 'prisma'>,
  officer: Officer,
): Promise<Alert[]> {
  const { level } = ground(officer);
  if (!holds(officer, 'complaints.see') || level < 'N4') return [];
  const alerts = await prisma.complaintAlert.findMany({
    where: {
      AND: [
        {
          OR: [
            { namedAccountId: null },
            { namedAccountId: { not: officer.id } },
          ],
        },
        level === 'N5'
          ? {}
          : { OR: [{ namedLevel: null }, { namedLevel: { not: level } }] },
        officer.communes === 'country'
          ? {}
          : { communeCode: { in: [...officer.communes] } },
      ],
    },
    select: {
      ...{ id: true, namedKey: true, complaints: true },
      ...{ communeCode: true, raisedAt: true, seenAt: true },
    },
    orderBy: { raisedAt: 'desc' },
    take: 200,
  });
  const counts = await countsFor(prisma, officer, alerts);
  return alerts.flatMap((alert) => {
    const complaints = counts.get(alert.namedKey) ?? 0;
    return complaints < alertFrom ? [] : [{ ...alert, complaints }];
  });
}

/** How many complaints of an officer's categories each alert is of. */
async function countsFor(
  prisma: Database['prisma'],
  officer: Officer,
  alerts: readonly Pick<Alert, 'namedKey'>[],
): Promise<ReadonlyMap<string | null, number>> {
  const counted = await prisma.complaint.groupBy({
    by: ['namedKey'],
    where: {
      namedKey: { in: alerts.map(({ namedKey }) => namedKey) },
      category: { in: [...ground(officer).categories] },
      status: { not: 'DUPLICATE' },
    },
    _count: true,
  });
  return new Map(counted.map((one) => [one.namedKey, one._count]));
}

/** Notes that an officer took note of an alert. @returns whether it is hers to see */
export async function markAlertSeen(
  { db, clock }: { db: Pick<Database, 'prisma'>; clock: Clock },
  officer: Officer,
  alertId: number,
): Promise<boolean> {
  const hers = await alertsFor(db, officer);
  if (!hers.some(({ id }) => id === alertId)) return false;
  await inTransaction(db, async (tx) => {
    const { count } = await tx.complaintAlert.updateMany({
      where: { id: alertId, seenAt: null },
      data: { seenAt: clock.now(), seenBy: officer.id },
    });
    if (count > 0)
      await recordAudit(tx, {
        ...{ actor: `officer:${officer.id}`, action: 'alert.seen' },
        subject: `alert:${alertId}`,
      });
  });
  return true;
}
