import { inTransaction } from '../runtime/database';
import { recordAudit } from './audit';
import { passwordFault } from './password-faults';
import { forgiveTries, paceSignIn } from './sign-in-pace';
import type { StaffDesk } from './staff-desk';
import { endSessions, startSession, type StaffVisit } from './staff-sessions';

/** What is typed to change one's password. */
export interface PasswordChange {
  current: string;
  chosen: string;
  address: string;
}

/** What became of it. A new token, for the session that goes on is a new one. */
export type PasswordChanged =
  | { kind: 'done'; token: string }
  | { kind: 'wrong' }
  | { kind: 'wait'; seconds: number }
  | { kind: 'fault'; fault: string };

/** Changes one's own password; every other session ends. */
export function changePassword(
  desk: StaffDesk,
  { member }: StaffVisit,
  { current, chosen, address }: PasswordChange,
): Promise<PasswordChanged> {
  const { id, login } = member;
  const attempt = { kind: 'password', login, address } as const;
  return desk.inTurn(async () => {
    const fault = passwordFault(chosen, login);
    if (fault !== undefined) return { kind: 'fault', fault };
    const pace = await paceSignIn(desk, attempt);
    if (pace.kind === 'wait') return pace;
    if (!(await isOwnPassword(desk, id, current))) return { kind: 'wrong' };
    const passwordHash = await desk.passwords.hash(chosen);
    return inTransaction(desk.db, async (tx) => {
      await tx.staffAccount.update({
        ...{ where: { id }, data: { passwordHash }, select: { id: true } },
      });
      await forgiveTries(tx, desk, attempt);
      await endSessions(tx, desk, { accountId: id });
      await recordAudit(tx, {
        ...{ actor: `officer:${id}`, action: 'password.changed' },
        subject: `account:${id}`,
      });
      const begun = { accountId: id, stage: 'full', address } as const;
      return { kind: 'done', token: await startSession(tx, desk, begun) };
    });
  });
}

/** Ends one of one's own sessions, or all but the present one. */
export function endOwnSessions(
  desk: StaffDesk,
  { member, sessionId }: StaffVisit,
  which: { sessionId: number } | 'others',
): Promise<number> {
  const accountId = member.id;
  return inTransaction(desk.db, async (tx) => {
    const ended = await endSessions(
      ...[tx, desk],
      which === 'others'
        ? { accountId, exceptId: sessionId }
        : { accountId, sessionId: which.sessionId },
    );
    if (ended > 0)
      await recordAudit(tx, {
        ...{ actor: `officer:${accountId}`, action: 'sessions.ended' },
        subject: `account:${accountId}`,
      });
    return ended;
  });
}

async function isOwnPassword(
  desk: StaffDesk,
  id: number,
  password: string,
): Promise<boolean> {
  const kept = await desk.db.prisma.staffAccount.findUniqueOrThrow({
    where: { id },
    select: { passwordHash: true },
  });
  return desk.passwords.check(kept.passwordHash ?? undefined, password);
}
