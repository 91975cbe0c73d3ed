import {
  mayShow,
  type Fact,
  type MessageAudience,
} from '../register/disclosure';

/** Whom a text is written for, and what it tells. */
interface TemplateRule {
  /** A phone of one's own, or any: whoever reads that may not learn whose household is meant, nor that the holder's is. */
  to: 'own' | 'any';
  /** Classes of facts that the text tells; src/register/disclosure.ts says who may read them. */
  facts: readonly Fact[];
  /** Asks to bring the card: for cash and rations only. */
  asksCard?: true;
}

const own = (...facts: Fact[]): TemplateRule => ({ to: 'own', facts });
const any = (...facts: Fact[]): TemplateRule => ({ to: 'any', facts });
const withCard = (...facts: Fact[]): TemplateRule => ({
  ...own(...facts),
  asksCard: true,
});

/** Every text of locales/<language>/sms.json by its key. Where several serve a purpose, the first that may be read is taken. */
export const smsTemplates = {
  'payment.announced.card': withCard('window'),
  'payment.announced.plain': own('window'),
  'payment.announced.shared': any('window'),
  'payment.available.card': withCard('window'),
  'payment.available.plain': own('window'),
  'payment.available.shared': any('window'),
  'payment.unconfirmed.own': own(),
  // In place of the one above where nobody can answer.
  'payment.unconfirmed.oneWay': own(),
  'payment.unconfirmed.shared': any(),
  'payment.moved.own': own('window'),
  'payment.moved.shared': any('window'),
  'payment.postponed.own': own('window'),
  'payment.postponed.shared': any('window'),
  'payment.cancelled.own': own('window'),
  'payment.cancelled.shared': any('window'),
  'session.reminder.own': own('gathering', 'gatheringDay'),
  'session.reminder.shared': any('gathering', 'gatheringDay'),
  'session.moved.own': own('gathering', 'gatheringDay'),
  'session.moved.shared': any('gathering', 'gatheringDay'),
  'session.postponed.own': own('gathering'),
  'session.postponed.shared': any('gathering'),
  'session.cancelled.own': own('gathering'),
  'session.cancelled.shared': any('gathering'),
  'distribution.reminder.own': withCard('gathering', 'gatheringDay'),
  'distribution.reminder.shared': any('gathering', 'gatheringDay'),
  'distribution.moved.own': withCard('gathering', 'gatheringDay'),
  'distribution.moved.shared': any('gathering', 'gatheringDay'),
  'distribution.postponed.own': own('gathering'),
  'distribution.postponed.shared': any('gathering'),
  'distribution.cancelled.own': own('gathering'),
  'distribution.cancelled.shared': any('gathering'),
  'benefit.endsInThreeMonths.own': own(),
  'benefit.endsInThreeMonths.shared': any(),
  'benefit.endsInOneMonth.own': own(),
  'benefit.endsInOneMonth.shared': any(),
  'complaint.acknowledged': any(),
  'complaint.moved': any(),
  'complaint.asked': any(),
  'complaint.answered': any(),
  'complaint.closed': any(),
  'phone.changeAsked.own': own(),
  'phone.changeAsked.shared': any(),
  'reply.stopped': any(),
  'reply.resumed': any(),
  'reply.info': any(),
  'reply.noted': any(),
} as const satisfies Readonly<Record<string, TemplateRule>>;

/** The text to send in place of one that asks for an answer, where the phone's answer reaches nobody. */
export const withoutAnswer: Readonly<
  Partial<Record<SmsTemplate, SmsTemplate>>
> = { 'payment.unconfirmed.own': 'payment.unconfirmed.oneWay' };

/** Key of a text. */
export type SmsTemplate = keyof typeof smsTemplates;

/** All keys, in the order of the table. */
// Object.keys forgets that the keys of the table are templates.
export const smsTemplateNames = Object.keys(smsTemplates) as SmsTemplate[];

/** Whether a text asks its reader to bring the card. */
export function asksCard(template: SmsTemplate): boolean {
  const rule: TemplateRule = smsTemplates[template];
  return rule.asksCard === true;
}

/** Whether whoever holds this phone may read a text. */
export function mayRead(template: SmsTemplate, to: MessageAudience): boolean {
  const rule: TemplateRule = smsTemplates[template];
  return (
    (rule.to === 'any' || to.phoneKind === 'own') &&
    rule.facts.every((fact) => mayShow(fact, to))
  );
}
