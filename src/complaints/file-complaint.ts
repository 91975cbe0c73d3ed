import { randomUUID } from 'node:crypto';

import type { Clock } from '../runtime/clock';
import type { Tx } from '../runtime/database';
import { AppError } from '../runtime/errors';
import { addDays } from '../text/dates';
import type { IsoDay } from '../text/dates';
import { categories } from './categories';
import type { CategoryName } from './categories';
import type { ComplaintStatus } from './lifecycle';
import { drawReference } from './reference';

/** What a complainant asks, from any entrance. */
export interface ComplaintRequest {
  category: CategoryName;
  subject: string;
  origin: 'ussd' | 'receipt' | 'console';
  respondBy: 'sms' | 'call' | 'dial' | 'none';
  /** Nothing that leads to a person is kept: no phone, household or payment, and the day only. */
  anonymous: boolean;
  retaliation: boolean;
  locale: string;
  proofLevel: 'L0' | 'L1b' | 'L1';
  householdId?: number | undefined;
  contactMsisdn?: string | undefined;
  communeCode?: string | undefined;
  paymentId?: number | undefined;
  distributionId?: number | undefined;
}

/** What the complainant is told. */
export interface FiledComplaint {
  complaintId: number;
  reference: string;
  /** Absent where no answer is awaited. */
  dueOn: IsoDay | undefined;
}

/** Draws beyond this many collisions mean that the generator is broken. */
const maxDraws = 20;

/**
 * Files a complaint with its first history rows and its deadline, in the
 * caller's transaction: it is recorded when that commits, and not before.
 * @throws AppError `bug` when no free reference can be drawn
 */
export async function fileComplaint(
  deps: { tx: Tx; clock: Clock; draw?: () => string },
  request: ComplaintRequest,
): Promise<FiledComplaint> {
  const { tx, clock, draw = drawReference } = deps;
  const category = categories[request.category];
  const today = clock.today();
  const happenedAt = request.anonymous ? new Date(today) : clock.now();
  const dueOn =
    category.resolveDays === undefined
      ? undefined
      : addDays(today, category.resolveDays);
  const status: ComplaintStatus =
    dueOn === undefined ? 'CLOSED_ACCEPTED' : 'ACKNOWLEDGED';
  const person = request.anonymous
    ? {}
    : {
        householdId: request.householdId ?? null,
        contactMsisdn: request.contactMsisdn ?? null,
        paymentId: request.paymentId ?? null,
        distributionId: request.distributionId ?? null,
      };

  for (let draws = 0; draws < maxDraws; draws += 1) {
    const reference = draw();
    const [filed] = await tx.complaint.createManyAndReturn({
      data: [
        {
          ...person,
          eventId: randomUUID(),
          reference,
          category: category.code,
          subject: request.subject,
          status,
          level: category.entryLevel,
          origin: request.origin,
          anonymous: request.anonymous,
          retaliation: request.retaliation,
          respondBy: request.anonymous ? 'none' : request.respondBy,
          locale: request.locale,
          communeCode: request.communeCode ?? null,
          proofLevel: request.anonymous ? 'L0' : request.proofLevel,
          filedAt: happenedAt,
          dueOn: dueOn === undefined ? null : new Date(dueOn),
          closedAt: dueOn === undefined ? happenedAt : null,
        },
      ],
      skipDuplicates: true,
      select: { id: true },
    });
    if (filed !== undefined) {
      await tx.complaintEvent.createMany({
        data: [
          {
            complaintId: filed.id,
            kind: 'filed',
            toStatus: 'RECEIVED',
            actor: 'complainant',
            happenedAt,
          },
          {
            complaintId: filed.id,
            kind: 'moved',
            fromStatus: 'RECEIVED',
            toStatus: status,
            actor: 'system',
            happenedAt,
          },
        ],
      });
      return { complaintId: filed.id, reference, dueOn };
    }
  }
  throw new AppError('bug', 'no free reference after many draws');
}
