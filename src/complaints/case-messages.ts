import type { Database } from '../runtime/database';

/** A message sent for a complaint: what became of it, never its words nor its number. */
export interface CaseMessage {
  template: string;
  locale: string;
  state: string;
  reason: string | null;
  writtenAt: Date;
  sentAt: Date | null;
  settledAt: Date | null;
}

const most = 30;

/** The messages of one complaint, newest first. */
export async function caseMessages(
  { prisma }: Pick<Database, 'prisma'>,
  complaintId: number,
): Promise<CaseMessage[]> {
  return prisma.message.findMany({
    where: { subjectId: complaintId, purpose: { startsWith: 'complaint.' } },
    select: {
      ...{ template: true, locale: true, state: true, reason: true },
      ...{ writtenAt: true, sentAt: true, settledAt: true },
    },
    orderBy: [{ writtenAt: 'desc' }, { id: 'desc' }],
    take: most,
  });
}
