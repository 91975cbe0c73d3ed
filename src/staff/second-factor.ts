import { inTransaction, type Tx } from '../runtime/database';
import { recordAudit } from './audit';
import {
  makeRecoveryCodes,
  readRecoveryCode,
  useRecoveryCode,
} from './recovery-codes';
import { forgiveTries, paceSignIn } from './sign-in-pace';
import type { SignedIn } from './sign-in';
import type { StaffDesk } from './staff-desk';
import { endSessions, startSession, type StaffVisit } from './staff-sessions';
import { newTotpSecret, totpCode, totpStep } from './totp';

/** A code that was typed, by whom and from where. */
export interface CodeRequest {
  visit: StaffVisit;
  code: string;
  address: string;
}

/**
 * Opens the session of somebody whose password was right: by a code of her phone, or by a recovery code.
 * @throws AppError `unavailable` when too many sign in at once
 */
export function passSecondFactor(
  desk: StaffDesk,
  request: CodeRequest,
): Promise<SignedIn> {
  return desk.inTurn(() => tryCode(desk, request, openByCode));
}

/** Confirms a new second factor by its first code. @returns the recovery codes, shown this once */
export async function confirmSecondFactor(
  desk: StaffDesk,
  request: CodeRequest,
): Promise<SignedIn & { recoveryCodes?: string[] }> {
  const { id } = request.visit.member;
  let recoveryCodes: string[] = [];
  const done = await desk.inTurn(() =>
    tryCode(desk, request, async (tx) => {
      const step = await stepOf(tx, desk, request);
      if (step === undefined) return undefined;
      const confirmed = await tx.staffAccount.updateMany({
        where: { id, totpSince: null },
        data: { totpSince: desk.clock.now(), totpStep: step },
      });
      if (confirmed.count === 0) return undefined;
      recoveryCodes = await makeRecoveryCodes(tx, desk, id);
      return 'secondFactor.confirmed';
    }),
  );
  return done.kind === 'in' ? { ...done, recoveryCodes } : done;
}

/**
 * The secret that a new second factor is set up with: the same until it is confirmed, so that a page
 * read twice shows one QR code. @returns undefined when the account has a second factor already
 */
export function secretToConfirm(
  desk: StaffDesk,
  { id }: StaffVisit['member'],
): Promise<string | undefined> {
  return inTransaction(desk.db, async (tx) => {
    const kept = await tx.staffAccount.findUniqueOrThrow({
      where: { id },
      select: { totpSecret: true, totpSince: true },
    });
    if (kept.totpSince !== null) return undefined;
    const known = opened(desk, id, kept.totpSecret);
    if (known !== undefined) return known;
    const totpSecret = sealedSecret(desk, id, newTotpSecret());
    await tx.staffAccount.updateMany({
      where: { id, totpSecret: kept.totpSecret, totpSince: null },
      data: { totpSecret },
    });
    const now = await tx.staffAccount.findUniqueOrThrow({
      where: { id },
      select: { totpSecret: true },
    });
    return opened(desk, id, now.totpSecret);
  });
}

/** Ten new recovery codes for somebody who is signed in. */
export function renewRecoveryCodes(
  desk: StaffDesk,
  { member }: StaffVisit,
): Promise<string[]> {
  return inTransaction(desk.db, async (tx) => {
    await recordAudit(tx, {
      ...{ actor: `officer:${member.id}`, subject: `account:${member.id}` },
      action: 'secondFactor.codesMade',
    });
    return makeRecoveryCodes(tx, desk, member.id);
  });
}

/** The code that an invented account's phone would show now; undefined for every other account. */
export async function demoCode(
  desk: StaffDesk,
  { id, isDemo }: StaffVisit['member'],
): Promise<string | undefined> {
  if (!desk.demo || !isDemo) return undefined;
  const { totpSecret } = await desk.db.prisma.staffAccount.findUniqueOrThrow({
    where: { id },
    select: { totpSecret: true },
  });
  const secret = opened(desk, id, totpSecret);
  return secret && totpCode(secret, desk.clock.now());
}

/** A secret as the store keeps it: it opens for this account only. */
export function sealedSecret(
  { sealing }: Pick<StaffDesk, 'sealing'>,
  accountId: number,
  secret: string,
): string {
  return sealing.encrypt(`totp ${accountId}`, secret);
}

/** Judges a code within the transaction that would open by it. @returns what was done, as the audit chain calls it */
type Judge = (
  tx: Tx,
  desk: StaffDesk,
  request: CodeRequest,
) => Promise<string | undefined>;

async function tryCode(
  desk: StaffDesk,
  request: CodeRequest,
  judge: Judge,
): Promise<SignedIn> {
  const { visit, address } = request;
  const { id, login } = visit.member;
  const attempt = { kind: 'code', login, address } as const;
  const pace = await paceSignIn(desk, attempt);
  if (pace.kind === 'wait') return pace;
  return inTransaction(desk.db, async (tx) => {
    const action = await judge(tx, desk, request);
    const told = { actor: `officer:${id}`, subject: `account:${id}` };
    if (action === undefined) {
      await recordAudit(tx, { ...told, action: 'secondFactor.refused' });
      return { kind: 'refused' };
    }
    await forgiveTries(tx, desk, attempt);
    await endSessions(tx, desk, { accountId: id, sessionId: visit.sessionId });
    const token = await startSession(tx, desk, {
      ...{ accountId: id, stage: 'full', address },
    });
    await recordAudit(tx, { ...told, action });
    return { kind: 'in', token, stage: 'full' };
  });
}

const openByCode: Judge = async (tx, desk, request) => {
  const { id } = request.visit.member;
  const recovery = readRecoveryCode(request.code);
  if (recovery !== undefined)
    return (await useRecoveryCode(tx, desk, id, recovery))
      ? 'secondFactor.recovered'
      : undefined;
  const step = await stepOf(tx, desk, request);
  if (step === undefined) return undefined;
  // Two browsers with one code: the second finds the step taken.
  const passed = await tx.staffAccount.updateMany({
    where: { id, totpSince: { not: null }, totpStep: { lt: step } },
    data: { totpStep: step },
  });
  return passed.count === 1 ? 'secondFactor.passed' : undefined;
};

async function stepOf(
  tx: Tx,
  desk: StaffDesk,
  { visit, code }: CodeRequest,
): Promise<number | undefined> {
  const { id } = visit.member;
  const kept = await tx.staffAccount.findUniqueOrThrow({
    where: { id },
    select: { totpSecret: true, totpStep: true },
  });
  const secret = opened(desk, id, kept.totpSecret);
  if (secret === undefined) return undefined;
  const typed = code.replaceAll(/\s/g, '');
  return totpStep(secret, typed, desk.clock.now(), kept.totpStep ?? undefined);
}

function opened(
  { sealing }: Pick<StaffDesk, 'sealing'>,
  accountId: number,
  sealed: string | null,
): string | undefined {
  return sealed === null
    ? undefined
    : sealing.decrypt(`totp ${accountId}`, sealed);
}
