import { inTransaction, type Tx } from '../runtime/database';
import { recordAudit } from './audit';
import { passwordFault } from './password-faults';
import { forgiveTries } from './sign-in-pace';
import type { StaffDesk } from './staff-desk';
import { memberColumns, staffMember, type StaffMember } from './staff-member';
import { endSessions, mayBeIn, newToken, tokenHash } from './staff-sessions';

/** What a link is for. */
export type LinkKind = 'invitation' | 'reset';

/** A link that is still good. */
export interface OpenLink {
  kind: LinkKind;
  member: StaffMember;
}

const HOUR_MS = 3_600_000;
const GOOD_FOR_MS: Readonly<Record<LinkKind, number>> = {
  invitation: 7 * 24 * HOUR_MS,
  reset: 24 * HOUR_MS,
};

/** How long a link is good, as its maker reads it. */
export const linkLife: Readonly<Record<LinkKind, string>> = {
  invitation: '7 jours',
  reset: '24 heures',
};

/**
 * Makes a link to choose a password; those made before open no more.
 * @returns its token, to be shown once to who made it, and kept nowhere
 */
export async function makeLink(
  tx: Tx,
  desk: Pick<StaffDesk, 'clock' | 'hashKey'>,
  accountId: number,
  kind: LinkKind,
): Promise<string> {
  const now = desk.clock.now();
  const token = newToken();
  await tx.staffLink.updateMany({
    where: { accountId, usedAt: null },
    data: { usedAt: now },
  });
  await tx.staffLink.create({
    data: {
      ...{ accountId, kind, tokenHash: tokenHash(desk, token), madeAt: now },
      expiresAt: new Date(now.getTime() + GOOD_FOR_MS[kind]),
    },
    select: { id: true },
  });
  return token;
}

/** Where a link leads, below the address of the service. */
export function linkPath(token: string): string {
  return `/console/lien/${token}`;
}

/** Looks at a link without using it: who checks addresses in letters must not use them up. */
export async function openLink(
  desk: StaffDesk,
  token: string,
): Promise<OpenLink | undefined> {
  const found = await desk.db.prisma.staffLink.findUnique({
    where: {
      ...{ tokenHash: tokenHash(desk, token), usedAt: null },
      expiresAt: { gt: desk.clock.now() },
    },
    include: { account: { select: memberColumns } },
  });
  if (found === null) return undefined;
  const member = staffMember(found.account);
  if (member.state === 'disabled') return undefined;
  if (member.isDemo && !desk.demo) return undefined;
  return { kind: found.kind === 'reset' ? 'reset' : 'invitation', member };
}

/** What became of a link. */
export type LinkUse =
  { kind: 'done' } | { kind: 'gone' } | { kind: 'fault'; fault: string };

/**
 * Sets the password of who came by a link, which then opens no more; every session of hers ends.
 * @throws AppError `unavailable` when too many do so at once
 */
export function useLink(
  desk: StaffDesk,
  token: string,
  password: string,
): Promise<LinkUse> {
  return desk.inTurn(async () => {
    const link = await openLink(desk, token);
    if (link === undefined) return { kind: 'gone' };
    const { id, login } = link.member;
    const fault = passwordFault(password, login);
    if (fault !== undefined) return { kind: 'fault', fault };
    const passwordHash = await desk.passwords.hash(password);
    return inTransaction(desk.db, async (tx) => {
      const used = await tx.staffLink.updateMany({
        where: { tokenHash: tokenHash(desk, token), usedAt: null },
        data: { usedAt: desk.clock.now() },
      });
      if (used.count === 0) return { kind: 'gone' };
      await tx.staffAccount.updateMany({
        where: { id, state: { not: 'disabled' } },
        data: { passwordHash, state: 'active' },
      });
      await endSessions(tx, desk, { accountId: id });
      await forgiveTries(tx, desk, { kind: 'password', login, address: '' });
      await recordAudit(tx, {
        ...{ actor: `officer:${id}`, subject: `account:${id}` },
        ...{ action: 'password.chosen', details: { by: link.kind } },
      });
      return { kind: 'done' };
    });
  });
}

/** Whether an account may still be given a link. */
export function mayHaveLink(
  desk: Pick<StaffDesk, 'demo'>,
  member: StaffMember,
): boolean {
  return member.state === 'invited' || mayBeIn(desk, member);
}
