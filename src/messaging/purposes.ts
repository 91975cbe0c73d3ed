import type { MessageClass } from './message-class';

/** What is known of a purpose, whatever its subject. */
interface PurposeRule {
  class: MessageClass;
  /** At once, at any hour: its reader has just called or written. Everything else keeps decent hours. */
  anyHour?: true;
}

const reminder: PurposeRule = { class: 'reminder' };
const notice: PurposeRule = { class: 'complaint' };
const reply: PurposeRule = { class: 'reply', anyHour: true };

/** Why the service writes by itself: what comes before the dot is the kind of subject. Campaigns name theirs apart. */
export const purposes = {
  'payment.announced': reminder,
  'payment.available': reminder,
  'payment.unconfirmed': reminder,
  'payment.moved': reminder,
  'payment.postponed': reminder,
  'payment.cancelled': reminder,
  'session.reminder': reminder,
  'session.moved': reminder,
  'session.postponed': reminder,
  'session.cancelled': reminder,
  'distribution.reminder': reminder,
  'distribution.moved': reminder,
  'distribution.postponed': reminder,
  'distribution.cancelled': reminder,
  'benefit.endsInThreeMonths': reminder,
  'benefit.endsInOneMonth': reminder,
  'complaint.acknowledged': { class: 'complaint', anyHour: true },
  'complaint.moved': notice,
  'complaint.asked': notice,
  'complaint.answered': notice,
  'complaint.closed': notice,
  'phone.changeAsked': notice,
  'reply.stopped': reply,
  'reply.resumed': reply,
  'reply.info': reply,
  'reply.noted': reply,
} as const satisfies Readonly<Record<string, PurposeRule>>;

/** Why a message is sent. */
export type Purpose = keyof typeof purposes;

/** Texts of a campaign on numbers of staff, who asked for them; their words are no text of locales. */
export const testPurpose = 'campaign.test';

const atAnyHour: readonly string[] = [
  ...Object.entries<PurposeRule>(purposes).flatMap(([purpose, { anyHour }]) =>
    anyHour === true ? [purpose] : [],
  ),
  testPurpose,
];

/** SQL condition of what may go in the quiet hours, whenever it was written. */
export function mayGoAtNight(purpose: string): string {
  return `${purpose} in (${atAnyHour.map((one) => `'${one}'`).join(', ')})`;
}

/** Classes of which something may go in the quiet hours; campaigns have gates of their own. */
export const classesAtNight: readonly MessageClass[] = [
  ...new Set<MessageClass>([
    ...Object.values<PurposeRule>(purposes).flatMap(
      ({ class: itsClass, anyHour }) => (anyHour === true ? [itsClass] : []),
    ),
    'campaign',
  ]),
];

/** The rule of a purpose. */
export function purposeRule(
  purpose: Purpose | typeof testPurpose,
): PurposeRule {
  return purpose === testPurpose ? reply : purposes[purpose];
}
