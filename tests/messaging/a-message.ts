import type { Database } from '../../src/runtime/database';
import type { Message } from '../../src/generated/prisma/client';

/** A message under test: sent through `kannel` under the id `p1` unless told. */
export async function aMessage(
  db: Database,
  change: Partial<Message> = {},
): Promise<number> {
  const at = new Date('2026-03-12T10:00:00Z');
  const { id } = await db.prisma.message.create({
    data: {
      purpose: 'payment.announced',
      subjectId: 1,
      msisdn: '+22376123456',
      class: 'reminder',
      template: 'payment.announced',
      locale: 'fr',
      text: 'Jigisèmèjiri',
      encoding: 'gsm7',
      segments: 1,
      state: 'sent',
      dueAt: at,
      expiresAt: new Date('2026-03-13T19:00:00Z'),
      writtenAt: at,
      begunAt: at,
      sentAt: at,
      attempts: 1,
      gateway: 'kannel',
      operator: 'orange',
      providerId: 'p1',
      ...change,
    },
  });
  return id;
}

/** Columns of a message whose request began and was never answered. */
export const unanswered = {
  state: 'unknown',
  reason: 'noAnswer',
  sentAt: null,
  providerId: null,
} as const;
