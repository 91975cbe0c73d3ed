import type { Database, Tx } from '../runtime/database';
import { keyedHash } from '../runtime/keyed-hash';
import { bamakoDay } from '../text/dates';
import type { FiledComplaint } from './file-complaint';

/**
 * Names the next form by which an account writes a request down: how many it wrote before. Drawn it would tell two
 * stores apart that are alike.
 */
export async function nextForm(
  { prisma }: Pick<Database, 'prisma'>,
  accountId: number,
): Promise<string> {
  return String(
    await prisma.complaint.count({ where: { filedBy: accountId } }),
  );
}

/**
 * The event id of what a form asks: sent twice, the same; another request from another tab, another.
 * @param asked all that was written in it, as JSON can hold it
 * @returns a UUID
 */
export function broughtEvent(
  hashKey: string,
  accountId: number,
  form: string,
  asked: object,
): string {
  const value = JSON.stringify([accountId, form, asked]);
  const hash = keyedHash(hashKey, 'brought request', value);
  return Buffer.from(hash, 'base64url')
    .toString('hex')
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');
}

/** What was filed under an event, waiting for a twin that is under way. */
export async function filedUnder(
  tx: Tx,
  eventId: string,
): Promise<FiledComplaint | undefined> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended('brought ' || ${eventId}, 0))`;
  const filed = await tx.complaint.findUnique({
    where: { eventId },
    select: { id: true, reference: true, dueOn: true },
  });
  if (filed === null) return undefined;
  const { id: complaintId, reference, dueOn } = filed;
  return {
    ...{ complaintId, reference },
    dueOn: dueOn === null ? undefined : bamakoDay(dueOn),
  };
}
