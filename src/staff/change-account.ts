import { inTransaction, type Tx } from '../runtime/database';
import { type Faults, type PostDraft, readPost } from './account-draft';
import { columnsOf, toldPost } from './add-account';
import { recordAudit } from './audit';
import { makeLink, mayHaveLink } from './one-time-link';
import type { StaffDesk } from './staff-desk';
import { memberColumns, staffMember, type StaffMember } from './staff-member';
import { endSessions } from './staff-sessions';

/** Who changes an account: `cli`, or `officer:` and a number. */
export interface Change {
  actor: string;
  accountId: number;
}

/** What became of a change; nobody changes what decides of herself. */
export type Changed =
  { kind: 'done' } | { kind: 'notFound' } | { kind: 'ownAccount' };

type Desk = Pick<StaffDesk, 'db' | 'clock' | 'hashKey' | 'demo'>;

/** Gives somebody another role or territory; every session of hers ends. */
export async function changePost(
  desk: Desk,
  change: Change,
  draft: PostDraft,
): Promise<Changed | { kind: 'faults'; faults: Faults<keyof PostDraft> }> {
  const read = await readPost(desk.db, draft);
  if ('faults' in read) return { kind: 'faults', faults: read.faults };
  return changing(desk, change, async (tx, { id }) => {
    await tx.staffAccount.update({
      ...{ where: { id }, data: columnsOf(read.post) },
      select: { id: true },
    });
    return { action: 'account.postChanged', details: toldPost(read.post) };
  });
}

/** Closes an account: it opens nothing any more, at once and everywhere. */
export function disableAccount(desk: Desk, change: Change): Promise<Changed> {
  return changing(desk, change, async (tx, { id }) => {
    await tx.staffAccount.updateMany({
      where: { id, state: { not: 'disabled' } },
      data: { state: 'disabled', disabledAt: desk.clock.now() },
    });
    return { action: 'account.disabled' };
  });
}

/** Opens a closed account again. Its password is gone: a new link is needed. */
export function enableAccount(desk: Desk, change: Change): Promise<Changed> {
  return changing(desk, change, async (tx, { id }) => {
    await tx.staffAccount.updateMany({
      where: { id, state: 'disabled' },
      data: { state: 'invited', disabledAt: null, passwordHash: null },
    });
    return { action: 'account.enabled' };
  });
}

/** Takes the second factor away from somebody who lost phone and codes: a new one is asked for at the next sign-in. */
export function clearSecondFactor(
  desk: Desk,
  change: Change,
): Promise<Changed> {
  return changing(desk, change, async (tx, { id }) => {
    await tx.staffAccount.update({
      where: { id },
      data: { totpSecret: null, totpSince: null, totpStep: null },
      select: { id: true },
    });
    await tx.staffRecoveryCode.deleteMany({ where: { accountId: id } });
    return { action: 'secondFactor.cleared' };
  });
}

/** Ends every session of somebody. */
export function endAllSessions(desk: Desk, change: Change): Promise<Changed> {
  return changing(desk, change, () =>
    Promise.resolve({ action: 'sessions.ended' }),
  );
}

/** Makes a link by which somebody chooses a password; until she does, the old one stays. */
export async function makeAccountLink(
  desk: Desk,
  { actor, accountId }: Change,
): Promise<
  | { kind: 'made'; linkToken: string; linkKind: 'invitation' | 'reset' }
  | { kind: 'notFound' }
> {
  return inTransaction(desk.db, async (tx) => {
    const member = await memberOf(tx, accountId);
    if (member === undefined || !mayHaveLink(desk, member))
      return { kind: 'notFound' };
    const linkKind = member.state === 'invited' ? 'invitation' : 'reset';
    const linkToken = await makeLink(tx, desk, accountId, linkKind);
    await recordAudit(tx, {
      ...{ actor, action: 'account.linkMade', subject: `account:${accountId}` },
      details: { kind: linkKind },
    });
    return { kind: 'made', linkToken, linkKind };
  });
}

/** One account; undefined when there is none of this number. */
export async function memberOf(
  tx: Pick<Tx, 'staffAccount'>,
  id: number,
): Promise<StaffMember | undefined> {
  const found = await tx.staffAccount.findUnique({
    where: { id },
    select: memberColumns,
  });
  return found === null ? undefined : staffMember(found);
}

interface Told {
  action: string;
  details?: Readonly<Record<string, string>>;
}

async function changing(
  desk: Desk,
  { actor, accountId }: Change,
  work: (tx: Tx, member: StaffMember) => Promise<Told>,
): Promise<Changed> {
  if (actor === `officer:${accountId}`) return { kind: 'ownAccount' };
  return inTransaction(desk.db, async (tx) => {
    const member = await memberOf(tx, accountId);
    if (member === undefined) return { kind: 'notFound' };
    const told = await work(tx, member);
    await endSessions(tx, desk, { accountId });
    await recordAudit(tx, {
      ...{ actor, subject: `account:${accountId}` },
      ...told,
    });
    return { kind: 'done' };
  });
}
