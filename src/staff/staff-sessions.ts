import { randomBytes } from 'node:crypto';
import type { Tx } from '../runtime/database';
import { keyedHash } from '../runtime/keyed-hash';
import { addressClass } from './staff-address';
import type { StaffDesk } from './staff-desk';
import { memberColumns, staffMember, type StaffMember } from './staff-member';
import { addressKeyOf } from './sign-in-pace';

/** Whether the second factor is still awaited. */
export type SessionStage = 'password' | 'full';

/** Somebody who has signed in, or is about to. */
export interface StaffVisit {
  sessionId: number;
  stage: SessionStage;
  member: StaffMember;
}

/** How long a session lives without being used, how long at most, and how long a second factor is awaited. */
const IDLE_MS = 60 * 60_000;
const LONGEST_MS = 12 * 60 * 60_000;
const SECOND_FACTOR_MS = 10 * 60_000;
/** A session is written as used once a minute: every page would cost a write. */
const SEEN_EVERY_MS = 60_000;

/** 256 random bits, as cookies and links carry them. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * Begins a session under a token of its own; whatever cookie stood there before opens nothing.
 * @returns the token, which is kept nowhere
 */
export async function startSession(
  tx: Tx,
  desk: StaffDesk,
  begun: { accountId: number; stage: SessionStage; address: string },
): Promise<string> {
  const token = newToken();
  const now = desk.clock.now();
  await tx.staffSession.create({
    data: {
      ...{ accountId: begun.accountId, stage: begun.stage },
      tokenHash: tokenHash(desk, token),
      addressClass: addressClass(begun.address),
      addressKey: addressKeyOf(desk, begun.address),
      ...{ startedAt: now, seenAt: now },
    },
    select: { id: true },
  });
  return token;
}

/**
 * Whose session a cookie opens; undefined when it is none, has ended or is too old.
 * @param isByItself asked by a page that nobody may be looking at: that is no use of the session
 */
export async function findSession(
  desk: StaffDesk,
  token: string | undefined,
  isByItself = false,
): Promise<StaffVisit | undefined> {
  if (token === undefined || token.length !== TOKEN_LETTERS) return undefined;
  const { db, clock } = desk;
  const found = await db.prisma.staffSession.findUnique({
    where: { tokenHash: tokenHash(desk, token), endedAt: null },
    include: { account: { select: memberColumns } },
  });
  if (found === null) return undefined;
  const now = clock.now().getTime();
  const stage = found.stage === 'full' ? 'full' : 'password';
  const age = now - found.startedAt.getTime();
  const idle = now - found.seenAt.getTime();
  const longest = stage === 'full' ? LONGEST_MS : SECOND_FACTOR_MS;
  const member = staffMember(found.account);
  if (age > longest || idle > IDLE_MS || !mayBeIn(desk, member))
    return undefined;
  if (idle >= SEEN_EVERY_MS && !isByItself)
    await db.prisma.staffSession.updateMany({
      where: { id: found.id, endedAt: null },
      data: { seenAt: clock.now() },
    });
  return { sessionId: found.id, stage, member };
}

/** Whether an account may be signed in at all: open, and no invented one outside a demo. */
export function mayBeIn(
  { demo }: Pick<StaffDesk, 'demo'>,
  member: Pick<StaffMember, 'state' | 'isDemo'>,
): boolean {
  return member.state === 'active' && (demo || !member.isDemo);
}

/** Which sessions to end. */
export interface Ended {
  accountId: number;
  /** Only this one. */
  sessionId?: number;
  /** All but this one. */
  exceptId?: number;
}

/** Ends sessions, here and in every process at once. @returns how many */
export async function endSessions(
  tx: Tx,
  { clock }: Pick<StaffDesk, 'clock'>,
  { accountId, sessionId, exceptId }: Ended,
): Promise<number> {
  const ended = await tx.staffSession.updateMany({
    where: {
      ...{ accountId, endedAt: null },
      ...(sessionId !== undefined && { id: sessionId }),
      ...(exceptId !== undefined && { id: { not: exceptId } }),
    },
    data: { endedAt: clock.now() },
  });
  return ended.count;
}

/** An open session, as its owner or an administrator sees it. */
export interface OpenSession {
  id: number;
  addressClass: string;
  startedAt: Date;
  seenAt: Date;
}

/** The sessions of an account that still open something, the last used first. */
export async function openSessions(
  { db, clock }: Pick<StaffDesk, 'db' | 'clock'>,
  accountId: number,
): Promise<OpenSession[]> {
  const now = clock.now().getTime();
  return db.prisma.staffSession.findMany({
    where: {
      ...{ accountId, endedAt: null, stage: 'full' },
      seenAt: { gt: new Date(now - IDLE_MS) },
      startedAt: { gt: new Date(now - LONGEST_MS) },
    },
    select: { id: true, addressClass: true, startedAt: true, seenAt: true },
    orderBy: { seenAt: 'desc' },
    take: 50,
  });
}

const TOKEN_LETTERS = 43;

/** The keyed hash under which a token of a cookie or a link is kept. */
export function tokenHash(
  { hashKey }: Pick<StaffDesk, 'hashKey'>,
  token: string,
): string {
  return keyedHash(hashKey, 'staff token', token);
}
