import { isSubject, proofOf, subjects } from './complaint-subjects';
import type {
  Command,
  ComplaintSubject,
  Day,
  Dossier,
  FlowContext,
  Handover,
  PaymentFacts,
  RespondBy,
} from './contract';

/** What a request has gathered. */
export interface ComplaintContext extends FlowContext {
  subject?: ComplaintSubject | undefined;
  /** It is about a payment; what about it, is still to be asked. */
  isAboutPayment: boolean;
  /** Which payment the status speaks of. */
  at: number;
  paymentId?: number | undefined;
  distributionId?: number | undefined;
  /** Goes on without proof: no card, or locked. */
  withoutCard: boolean;
  respondBy?: RespondBy | undefined;
  newNumber?: string | undefined;
  reference?: string;
  dueOn?: Day | undefined;
}

const respondWays: readonly RespondBy[] = ['sms', 'call', 'dial', 'none'];

/** What a request begins with. */
export function asked(handover: Handover = {}) {
  const { subject, respondBy, paymentId, distributionId } = handover;
  const isAnonymous = handover['anonymous'] === true;
  return {
    subject: isSubject(subject) ? subject : undefined,
    isAboutPayment: handover['category'] === 'payment',
    withoutCard: isAnonymous || handover['withoutCard'] === true,
    respondBy: isAnonymous
      ? 'none'
      : respondWays.find((way) => way === respondBy),
    paymentId: typeof paymentId === 'number' ? paymentId : undefined,
    distributionId:
      typeof distributionId === 'number' ? distributionId : undefined,
  } as const;
}

/** What identity is to hand back. */
export function handover(context: ComplaintContext): Handover {
  const { subject, isAboutPayment, respondBy, paymentId, distributionId } =
    context;
  return {
    ...(subject === undefined ? {} : { subject }),
    ...(isAboutPayment ? { category: 'payment' } : {}),
    ...(respondBy === undefined ? {} : { respondBy }),
    ...(paymentId === undefined ? {} : { paymentId }),
    ...(distributionId === undefined ? {} : { distributionId }),
  };
}

/** Whether a card may still be asked for. */
export function mayProve({ dossier, withoutCard }: ComplaintContext): boolean {
  return dossier.level === 'L0' && !withoutCard;
}

/** Whether it must come from a phone that the register knows, and this is not proved to be one. */
export function lacksOwnPhone({ dossier, subject }: ComplaintContext): boolean {
  return proofOf(subject) === 'ownPhone' && dossier.level !== 'L1';
}

/** What can be complained of first: open windows, then past ones, then those to come. */
export function payments({ dossier }: FlowContext): readonly PaymentFacts[] {
  const { household } = dossier;
  if (household === undefined) return [];
  const { answerable, past } = household;
  const open = household.payments.filter(({ state }) => state === 'open');
  const others = household.payments.filter(({ state }) => state !== 'open');
  const all = [...open, ...answerable, ...past, ...others];
  return all.filter(
    ({ paymentId }, at) =>
      at === all.findIndex((other) => other.paymentId === paymentId),
  );
}

/** Which payment the status speaks of first. */
export function startOf(dossier: Dossier, handover: Handover = {}): number {
  const at = payments({ dossier }).findIndex(
    ({ paymentId }) => paymentId === handover['paymentId'],
  );
  return Math.max(at, 0);
}

/** The payment that the status speaks of. */
export function paymentOf(context: ComplaintContext): PaymentFacts | undefined {
  return payments(context)[context.at];
}

/** Whether it can be complained of already. */
export function isDue(payment: PaymentFacts | undefined): boolean {
  return payment?.state === 'open' || payment?.state === 'past';
}

/** Nobody can go to what is cancelled, nor where no day is known yet. */
export function isPlaceToGo(payment: PaymentFacts | undefined): boolean {
  return (
    payment?.modality === 'cash' &&
    payment.state !== 'cancelled' &&
    (payment.state !== 'postponed' || payment.from !== undefined)
  );
}

/** Nothing says where the request comes from: the number that calls must not. */
export function isPlaceless({ respondBy, dossier }: ComplaintContext): boolean {
  return respondBy === 'none' || dossier.level === 'L0';
}

/** An answer by SMS goes without asking only to a phone of one's own. */
export function byDefault({
  context,
}: {
  context: ComplaintContext;
}): RespondBy {
  const { phoneKind, smsOn } = context.dossier;
  return phoneKind === 'own' && smsOn ? 'sms' : 'dial';
}

/** Files what has been gathered. */
export function file({ context }: { context: ComplaintContext }): Command {
  const { subject = 'payment.nothing', respondBy = 'dial' } = context;
  return {
    type: 'complaint.file',
    category: subjects[subject].category,
    subject,
    respondBy,
    ...(subject === 'conduct.threat' ? { retaliation: true } : {}),
    ...(respondBy === 'none' ? {} : householdTies(context)),
  };
}

/** What leads back to a household; never part of a request without a name. */
function householdTies({
  paymentId,
  distributionId,
  newNumber,
}: ComplaintContext) {
  return {
    ...(paymentId === undefined ? {} : { paymentId }),
    ...(distributionId === undefined ? {} : { distributionId }),
    ...(newNumber === undefined ? {} : { newNumber }),
  };
}
