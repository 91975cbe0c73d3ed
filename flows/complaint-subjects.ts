import type { ComplaintCategory, ComplaintSubject } from './contract';

/** How each subject is counted, and what must be known before it is filed. */
export interface SubjectRule {
  category: ComplaintCategory;
  /** `card`: asked for, may be done without. `ownPhone`: only from a phone that the register knows. */
  proof: 'none' | 'card' | 'ownPhone';
}

/** Every subject of a request. */
export const subjects: Record<ComplaintSubject, SubjectRule> = {
  'payment.notPaid': { category: 'payment', proof: 'card' },
  'payment.amount': { category: 'payment', proof: 'card' },
  'payment.nothing': { category: 'payment', proof: 'card' },
  'payment.cannotGo': { category: 'payment', proof: 'card' },
  // Whoever has lost the card cannot type it.
  'card.lost': { category: 'card', proof: 'none' },
  'card.damaged': { category: 'card', proof: 'card' },
  'card.name': { category: 'card', proof: 'ownPhone' },
  'phone.newNumber': { category: 'card', proof: 'ownPhone' },
  'phone.lost': { category: 'card', proof: 'card' },
  'targeting.notListed': { category: 'targeting', proof: 'none' },
  'targeting.mistake': { category: 'targeting', proof: 'card' },
  'targeting.change': { category: 'targeting', proof: 'card' },
  // Nobody who reports a wrong is asked who she is.
  'fraud.money': { category: 'fraud', proof: 'none' },
  'conduct.agent': { category: 'conduct', proof: 'none' },
  'conduct.threat': { category: 'conduct', proof: 'none' },
  'service.activity': { category: 'service', proof: 'card' },
  'service.session': { category: 'service', proof: 'card' },
  'service.flour': { category: 'service', proof: 'card' },
  'service.group': { category: 'service', proof: 'card' },
  'service.works': { category: 'service', proof: 'card' },
  // An accident does not wait for a card.
  'accident.works': { category: 'accident', proof: 'none' },
  'ration.notReceived': { category: 'service', proof: 'card' },
  'ration.incomplete': { category: 'service', proof: 'card' },
  'thanks.thanks': { category: 'thanks', proof: 'none' },
  'idea.payment': { category: 'thanks', proof: 'none' },
  'idea.activities': { category: 'thanks', proof: 'none' },
  'idea.phone': { category: 'thanks', proof: 'none' },
  'idea.agents': { category: 'thanks', proof: 'none' },
  'idea.other': { category: 'thanks', proof: 'none' },
};

/** Whether a word names a subject. */
export function isSubject(name: unknown): name is ComplaintSubject {
  return typeof name === 'string' && Object.hasOwn(subjects, name);
}

/** What must be proved before a request of a subject is filed. */
export function proofOf(
  subject: ComplaintSubject | undefined,
): SubjectRule['proof'] {
  return subject === undefined ? 'none' : subjects[subject].proof;
}
