import { inTransaction } from '../runtime/database';
import { recordAudit } from './audit';
import { needsSecondFactor } from './permissions';
import { forgiveTries, paceSignIn } from './sign-in-pace';
import type { StaffDesk } from './staff-desk';
import { memberColumns, staffMember, type StaffMember } from './staff-member';
import {
  endSessions,
  mayBeIn,
  startSession,
  type SessionStage,
  type StaffVisit,
} from './staff-sessions';

/** What became of a sign-in. A wrong password, a wrong name and a closed account are one answer. */
export type SignedIn =
  | { kind: 'in'; token: string; stage: SessionStage }
  | { kind: 'refused' }
  | { kind: 'wait'; seconds: number };

/** What is typed on the sign-in page, and from where. */
export interface SignInRequest {
  login: string;
  password: string;
  address: string;
  /** The session that the browser still has: it ends. */
  before?: StaffVisit | undefined;
}

/** The form in which a login is kept and compared. */
export function normalLogin(typed: string): string {
  return typed.normalize('NFC').trim().toLowerCase();
}

/**
 * Checks name and password. The work is the same whether the name exists or not.
 * @throws AppError `unavailable` when too many sign in at once
 */
export function signIn(
  desk: StaffDesk,
  request: SignInRequest,
): Promise<SignedIn> {
  const login = normalLogin(request.login).slice(0, 80);
  return desk.inTurn(() => tryPassword(desk, { ...request, login }));
}

async function tryPassword(
  desk: StaffDesk,
  request: SignInRequest,
): Promise<SignedIn> {
  const { login, password, address } = request;
  const attempt = { kind: 'password', login, address } as const;
  const pace = await paceSignIn(desk, attempt);
  if (pace.kind === 'wait') return pace;
  const row = await desk.db.prisma.staffAccount.findUnique({
    where: { login },
    select: { ...memberColumns, passwordHash: true },
  });
  const isRight = await desk.passwords.check(
    row?.passwordHash ?? undefined,
    // A password of megabytes would cost us, not whoever sends it.
    password.slice(0, 400),
  );
  const member = row === null ? undefined : staffMember(row);
  if (!isRight || member === undefined || !mayBeIn(desk, member)) {
    await tellRefusal(desk, member?.id);
    return { kind: 'refused' };
  }
  return begin(desk, member, request);
}

async function begin(
  desk: StaffDesk,
  member: StaffMember,
  { login, address, before }: SignInRequest,
): Promise<SignedIn> {
  const isAsked = needsSecondFactor(member.role) || member.hasSecondFactor;
  const stage = isAsked ? 'password' : 'full';
  return inTransaction(desk.db, async (tx) => {
    await forgiveTries(tx, desk, { kind: 'password', login, address });
    if (before !== undefined)
      await endSessions(tx, desk, {
        ...{ accountId: before.member.id, sessionId: before.sessionId },
      });
    const token = await startSession(tx, desk, {
      ...{ accountId: member.id, stage, address },
    });
    await recordAudit(tx, {
      ...{ actor: `officer:${member.id}`, subject: `account:${member.id}` },
      ...{ action: 'signIn.passed', details: { stage } },
    });
    return { kind: 'in', token, stage };
  });
}

/** Told in the same way whether there is such an account or not. */
function tellRefusal(
  { db }: Pick<StaffDesk, 'db'>,
  accountId: number | undefined,
): Promise<void> {
  return inTransaction(db, (tx) =>
    recordAudit(tx, {
      ...{ actor: 'console', action: 'signIn.refused' },
      subject: `account:${accountId ?? 'unknown'}`,
    }),
  );
}

/** Ends one's session. */
export function signOut(desk: StaffDesk, visit: StaffVisit): Promise<void> {
  const { id } = visit.member;
  return inTransaction(desk.db, async (tx) => {
    const ended = await endSessions(tx, desk, {
      ...{ accountId: id, sessionId: visit.sessionId },
    });
    if (ended === 0) return;
    await recordAudit(tx, {
      ...{ actor: `officer:${id}`, action: 'signIn.ended' },
      subject: `account:${id}`,
    });
  });
}
