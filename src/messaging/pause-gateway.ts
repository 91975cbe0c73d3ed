import type { Clock } from '../runtime/clock';
import { type Database, inTransaction, type Tx } from '../runtime/database';
import { recordAudit } from '../staff/audit';

/** Why nothing goes through a gateway until somebody acts. */
export type PauseReason = 'noBalance' | 'notConfigured' | 'staff';

/** What pausing needs. */
export interface PauseDeps {
  db: Pick<Database, 'pool'>;
  clock: Pick<Clock, 'now'>;
}

/** A sender lets nothing more go through a gateway. @returns false when it stood still already */
export async function pauseGateway(
  { db, clock }: PauseDeps,
  gateway: string,
  reason: PauseReason,
): Promise<boolean> {
  const { rowCount } = await db.pool.query(
    `insert into gateway_states as g (gateway, paused_at, paused_reason) values ($1, $2, $3)
     on conflict (gateway) do update set paused_at = $2, paused_reason = $3 where g.paused_at is null`,
    [gateway, clock.now(), reason],
  );
  return rowCount === 1;
}

/** Lets messages go again through a gateway that has balance. @returns false when it stood not still for that */
export async function resumePaid(
  { prisma }: Pick<Database, 'prisma'>,
  gateway: string,
): Promise<boolean> {
  return inTransaction({ prisma }, (tx) =>
    resume(tx, { gateway, pausedReason: 'noBalance' }),
  );
}

/** What staff's pauses need. */
export interface StaffPauseDeps {
  db: Pick<Database, 'prisma'>;
  clock: Pick<Clock, 'now'>;
}

/** Staff let nothing more go through a gateway; told to the audit chain. @returns false when it stood still already */
export async function pauseGatewayByStaff(
  { db, clock }: StaffPauseDeps,
  gateway: string,
  actor: string,
): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    await tx.gatewayState.createMany({
      data: { gateway },
      skipDuplicates: true,
    });
    const { count } = await tx.gatewayState.updateMany({
      where: { gateway, pausedAt: null },
      data: { pausedAt: clock.now(), pausedReason: 'staff' },
    });
    if (count === 0) return false;
    const subject = `gateway:${gateway}`;
    await recordAudit(tx, { actor, action: 'messages.paused', subject });
    return true;
  });
}

/** Staff let messages go again, whatever stopped them; told to the audit chain. @returns false when nothing had */
export async function resumeGatewayByStaff(
  { db }: Pick<StaffPauseDeps, 'db'>,
  gateway: string,
  actor: string,
): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    if (!(await resume(tx, { gateway, pausedAt: { not: null } }))) return false;
    const subject = `gateway:${gateway}`;
    await recordAudit(tx, { actor, action: 'messages.resumed', subject });
    return true;
  });
}

/** As if nothing had failed before. */
async function resume(
  tx: Tx,
  where: NonNullable<Parameters<Tx['gatewayState']['updateMany']>[0]['where']>,
): Promise<boolean> {
  const { count } = await tx.gatewayState.updateMany({
    where,
    data: {
      ...{ pausedAt: null, pausedReason: null },
      ...{ failures: 0, openUntil: null },
    },
  });
  return count > 0;
}
