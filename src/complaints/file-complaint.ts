import { randomUUID } from 'node:crypto';

import type { SmsWording } from '../messaging/compose';
import type { Clock } from '../runtime/clock';
import type { Tx } from '../runtime/database';
import { AppError } from '../runtime/errors';
import { addDays } from '../text/dates';
import type { IsoDay } from '../text/dates';
import { appendEvents, drawNamelessId } from './append-events';
import { categories } from './categories';
import type { CategoryName, Level } from './categories';
import type { ComplaintStatus } from './lifecycle';
import { drawReference } from './reference';
import { entryLevelOf, escalationDay } from './route-complaint';
import { tellComplainant } from './tell-complainant';

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
  /** The level that it is about: it never sees it. */
  namedLevel?: Level | undefined;
  /** Who wrote it down for somebody, and both persons, where it did not come by the phone. */
  filed?: FiledFor | undefined;
  /** Names what asked for it, where that may come twice; drawn unless told. */
  eventId?: string | undefined;
}

/** How a complaint that did not come by the phone was filed, and for whom. */
export interface FiledFor {
  /** The account that wrote it down. */
  by: number;
  channel: 'paper' | 'call' | 'visit';
  broughtBy?: string | undefined;
  onBehalfOf?: string | undefined;
  /** Facts, as few as will do. */
  facts?: string | undefined;
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

interface FileDeps {
  tx: Tx;
  clock: Clock;
  wording: SmsWording;
  draw?: () => string;
}

/**
 * Files a complaint with its first history rows, its deadline and, where one is
 * wanted, its acknowledgement by SMS, in the caller's transaction: all are
 * recorded when that commits, and not before.
 * @throws AppError `bug` when no free reference can be drawn
 */
export async function fileComplaint(
  deps: FileDeps,
  request: ComplaintRequest,
): Promise<FiledComplaint> {
  const { tx, clock, draw = drawReference } = deps;
  const { resolveDays } = categories[request.category];
  const dueOn =
    resolveDays === undefined ? undefined : addDays(clock.today(), resolveDays);
  const communeCode = await communeOf(tx, request);
  const content = contentOf(clock, { ...request, communeCode }, dueOn);
  for (let draws = 0; draws < maxDraws; draws += 1) {
    const reference = draw();
    const [filed] = await tx.complaint.createManyAndReturn({
      data: [{ ...content, ...drawnId(request), reference }],
      skipDuplicates: true,
      select: { id: true },
    });
    if (filed !== undefined) {
      const { id } = filed;
      await begin(tx, { ...content, id }, request.filed);
      await tellComplainant(deps, {
        complaintId: id,
        event: 'acknowledged',
        eventId: 0,
      });
      return { complaintId: id, reference, dueOn };
    }
  }
  throw new AppError('bug', 'no free reference after many draws');
}

/** Drawn anew at each try: it may be taken as the reference may. */
function drawnId({ anonymous }: ComplaintRequest): { id?: number } {
  return anonymous ? { id: drawNamelessId() } : {};
}

/** All that is kept of a request but its number. */
function contentOf(
  clock: Clock,
  request: ComplaintRequest,
  dueOn: IsoDay | undefined,
) {
  const { anonymous, subject, origin, retaliation, locale } = request;
  const category = categories[request.category];
  const { communeCode, namedLevel } = request;
  const level = entryLevelOf({ category, communeCode, namedLevel });
  const goesUp = dueOn && escalationDay(clock.today(), level, category);
  const filedAt = anonymous ? new Date(clock.today()) : clock.now();
  const status: ComplaintStatus =
    dueOn === undefined ? 'CLOSED_ACCEPTED' : 'ACKNOWLEDGED';
  return {
    ...{ eventId: request.eventId ?? randomUUID() },
    ...{ category: category.code, level, status },
    ...{ subject, origin, anonymous, retaliation, locale, filedAt },
    ...{ communeCode: communeCode ?? null, namedLevel: namedLevel ?? null },
    dueOn: dueOn === undefined ? null : new Date(dueOn),
    escalateOn: goesUp === undefined ? null : new Date(goesUp),
    closedAt: dueOn === undefined ? filedAt : null,
    ...{ filedBy: request.filed?.by ?? null },
    filedChannel: request.filed?.channel ?? null,
    ...personOf(request),
  };
}

/** The place that was told, or the household's own: it decides who sees the complaint. */
async function communeOf(
  tx: Tx,
  { communeCode, householdId, anonymous }: ComplaintRequest,
): Promise<string | undefined> {
  if (communeCode !== undefined || householdId === undefined || anonymous)
    return communeCode;
  const home = await tx.household.findUnique({
    where: { id: householdId },
    select: { communeCode: true },
  });
  return home?.communeCode;
}

/** What leads to a person; nothing where no name is wanted. */
function personOf(request: ComplaintRequest) {
  if (request.anonymous) {
    return { respondBy: 'none', proofLevel: 'L0', contactMsisdn: null };
  }
  const { respondBy, proofLevel } = request;
  return {
    ...{ respondBy, proofLevel },
    householdId: request.householdId ?? null,
    contactMsisdn: request.contactMsisdn ?? null,
    paymentId: request.paymentId ?? null,
    distributionId: request.distributionId ?? null,
    broughtBy: request.filed?.broughtBy ?? null,
    onBehalfOf: request.filed?.onBehalfOf ?? null,
  };
}

/** The first rows of its history. */
function begin(
  tx: Tx,
  filed: {
    id: number;
    anonymous: boolean;
    status: ComplaintStatus;
    filedAt: Date;
  },
  by: FiledFor | undefined,
): Promise<number> {
  const { status, filedAt: happenedAt } = filed;
  return appendEvents(tx, filed, [
    {
      ...{ kind: 'filed', toStatus: 'RECEIVED', happenedAt },
      actor: by === undefined ? 'complainant' : `officer:${by.by}`,
      ...(by?.facts === undefined ? {} : { note: by.facts }),
    },
    {
      ...{ kind: 'moved', fromStatus: 'RECEIVED', toStatus: status },
      ...{ actor: 'system', happenedAt },
    },
  ]);
}
