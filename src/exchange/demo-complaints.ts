import type { CategoryName } from '../complaints/categories';
import type { AnswerCode } from '../complaints/answers';
import type { DecisionCode, Outcome } from '../complaints/decisions';
import type { QuestionCode } from '../complaints/questions';
import type { BodyDraft } from '../complaints/referral-bodies';

/** One thing that an invented officer did to an invented complaint, some days after it was filed. */
export type DemoAct = { after: number; by: string } & (
  | { do: 'acknowledge' | 'take' }
  | { do: 'note'; note: string }
  | { do: 'ask'; question: QuestionCode }
  | { do: 'propose'; answer: AnswerCode; decision: DecisionCode; xof?: number }
  | { do: 'close'; outcome: Outcome; decision: DecisionCode }
  | { do: 'refer' }
  | { do: 'threats' }
  | { do: 'name'; code: string; who: string }
);

/** An invented complaint: what, where, since when, and what became of it. */
export interface DemoComplaint {
  category: CategoryName;
  subject: string;
  daysAgo: number;
  /** In the cercle of Kita, its commune Kita Ouest, or anywhere. */
  place: 'kita' | 'kitaOuest' | 'country';
  respondBy: 'sms' | 'call' | 'dial' | 'none';
  anonymous?: true;
  acts: readonly DemoAct[];
}

/** A line of the table: the rest is what most have. */
function told(
  [category, subject]: readonly [CategoryName, string],
  [place, daysAgo]: readonly [DemoComplaint['place'], number],
  respondBy: DemoComplaint['respondBy'],
  ...acts: DemoAct[]
): DemoComplaint {
  return { category, subject, place, daysAgo, respondBy, acts };
}

const nameless = (one: DemoComplaint): DemoComplaint => ({
  ...one,
  ...{ anonymous: true, respondBy: 'none' },
});

const notPaid = ['payment', 'payment.notPaid'] as const;
const amount = ['payment', 'payment.amount'] as const;
const cannotGo = ['payment', 'payment.cannotGo'] as const;
const lost = ['card', 'card.lost'] as const;
const damaged = ['card', 'card.damaged'] as const;
const notListed = ['targeting', 'targeting.notListed'] as const;
const mistake = ['targeting', 'targeting.mistake'] as const;
const changed = ['targeting', 'targeting.change'] as const;
const money = ['fraud', 'fraud.money'] as const;
const agent = ['conduct', 'conduct.agent'] as const;
const flour = ['service', 'service.flour'] as const;
const works = ['service', 'service.works'] as const;
const session = ['service', 'service.session'] as const;
const accident = ['accident', 'accident.works'] as const;
const thanks = ['thanks', 'thanks.thanks'] as const;

const seen = (after: number, by: string): DemoAct => ({
  ...{ after, by, do: 'acknowledge' },
});
const taken = (after: number, by: string): DemoAct => ({
  ...{ after, by, do: 'take' },
});
const noted = (after: number, by: string, note: string): DemoAct => ({
  ...{ after, by, do: 'note', note },
});
const kanoute = {
  do: 'name',
  code: 'KAFO-07',
  who: 'Sékou Kanouté, agence Kafo',
} as const;

/** Some dozens of complaints over categories, places and states. Everybody and everything in them is invented. */
export const DEMO_COMPLAINTS: readonly DemoComplaint[] = [
  // Kita Ouest: what a commune works.
  told(lost, ['kitaOuest', 0], 'sms'),
  told(lost, ['kitaOuest', 2], 'call', seen(0, 'kita-ouest')),
  told(
    ...([damaged, ['kitaOuest', 6], 'sms'] as const),
    taken(1, 'kita-ouest'),
    noted(
      2,
      'kita-ouest',
      'Carte vue, illisible. Demande de remplacement faite.',
    ),
  ),
  told(...([lost, ['kitaOuest', 9], 'dial'] as const), taken(1, 'kita-ouest'), {
    ...{ after: 4, by: 'kita-ouest', do: 'propose' },
    ...{ answer: 'cardReady', decision: 'upheld' },
  }),
  told(notListed, ['kitaOuest', 3], 'call'),
  told(
    ...([notListed, ['kitaOuest', 24], 'dial'] as const),
    taken(2, 'kita-ouest'),
    noted(5, 'kita-ouest', 'Le comité du village se réunit à la fin du mois.'),
  ),
  told(mistake, ['kitaOuest', 28], 'sms', taken(3, 'kita-ouest')),
  told(flour, ['kitaOuest', 1], 'sms'),
  told(flour, ['kitaOuest', 13], 'dial', seen(1, 'kita-ouest')),
  told(session, ['kitaOuest', 5], 'none', taken(1, 'kita-ouest')),
  told(thanks, ['kitaOuest', 4], 'none'),
  // The cercle of Kita.
  told(damaged, ['kita', 3], 'sms', seen(1, 'kita')),
  told(
    ...([changed, ['kita', 12], 'call'] as const),
    taken(1, 'kita'),
    noted(2, 'kita', 'Le ménage a quitté le village après la crue.'),
  ),
  told(...([changed, ['kita', 16], 'sms'] as const), taken(2, 'kita'), {
    after: 3,
    by: 'kita',
    do: 'ask',
    question: 'mayVisit',
  }),
  told(...([works, ['kita', 14], 'sms'] as const), taken(1, 'kita'), {
    ...{ after: 6, by: 'kita', do: 'propose' },
    ...{ answer: 'worksPaid', decision: 'upheld', xof: 12_000 },
  }),
  told(works, ['kita', 18], 'dial', taken(4, 'kita')),
  told(flour, ['kita', 20], 'call'),
  told(
    ...([session, ['kita', 30], 'sms'] as const),
    taken(1, 'kita'),
    {
      ...{ after: 5, by: 'kita', do: 'propose' },
      ...{ answer: 'sessionMoved', decision: 'informed' },
    },
    {
      ...{ after: 9, by: 'kita', do: 'close' },
      ...{ outcome: 'accepted', decision: 'informed' },
    },
  ),
  told(...([lost, ['kita', 25], 'none'] as const), taken(1, 'kita'), {
    ...{ after: 6, by: 'kita', do: 'close' },
    ...{ outcome: 'withdrawn', decision: 'withdrawn' },
  }),
  // Payments: the nation's.
  told(notPaid, ['kitaOuest', 1], 'sms'),
  told(notPaid, ['kita', 4], 'call', seen(1, 'stm')),
  told(
    ...([notPaid, ['kita', 13], 'sms'] as const),
    taken(1, 'stm'),
    noted(2, 'stm', 'Preuve de paiement demandée à l’agence.'),
  ),
  told(...([amount, ['country', 9], 'sms'] as const), taken(1, 'stm'), {
    ...{ after: 5, by: 'stm', do: 'propose' },
    ...{ answer: 'amountRestored', decision: 'upheld', xof: 15_000 },
  }),
  told(amount, ['country', 17], 'dial', taken(2, 'stm')),
  told(cannotGo, ['country', 2], 'call'),
  told(...([notPaid, ['country', 11], 'dial'] as const), taken(1, 'stm'), {
    after: 2,
    by: 'stm',
    do: 'ask',
    question: 'paidSince',
  }),
  told(
    ...([notPaid, ['country', 40], 'sms'] as const),
    taken(1, 'stm'),
    {
      ...{ after: 8, by: 'stm', do: 'propose' },
      ...{ answer: 'willBePaid', decision: 'upheld' },
    },
    {
      ...{ after: 12, by: 'stm', do: 'close' },
      ...{ outcome: 'accepted', decision: 'upheld' },
    },
  ),
  told(cannotGo, ['country', 35], 'none', taken(1, 'stm'), {
    ...{ after: 20, by: 'stm', do: 'close' },
    ...{ outcome: 'noContact', decision: 'noContact' },
  }),
  // One agent, named three times: seen by region and nation.
  told(money, ['kita', 2], 'none', { after: 1, by: 'region-kita', ...kanoute }),
  nameless(
    told(money, ['kitaOuest', 5], 'none', {
      ...{ after: 1, by: 'region-kita', ...kanoute },
    }),
  ),
  told(
    ...([money, ['kita', 8], 'call'] as const),
    taken(1, 'region-kita'),
    { after: 2, by: 'region-kita', ...kanoute },
    noted(
      3,
      'region-kita',
      'Trois femmes du même village disent la même chose.',
    ),
    {
      ...{ after: 6, by: 'region-kita', do: 'propose' },
      ...{ answer: 'amountRestored', decision: 'sanctioned', xof: 5_000 },
    },
  ),
  told(agent, ['kita', 6], 'dial', taken(1, 'region-kita'), {
    ...{ after: 2, by: 'region-kita', do: 'threats' },
  }),
  nameless(told(agent, ['country', 10], 'none', seen(1, 'plaintes'))),
  told(money, ['country', 19], 'sms', taken(1, 'plaintes')),
  told(accident, ['kita', 1], 'call', taken(0, 'rrpsa')),
  told(...([accident, ['country', 4], 'call'] as const), taken(0, 'rrpsa'), {
    after: 1,
    by: 'rrpsa',
    do: 'refer',
  }),
  // The rest of the country.
  told(notListed, ['country', 6], 'dial'),
  told(mistake, ['country', 22], 'sms', taken(5, 'rrsu')),
  told(changed, ['country', 15], 'none', seen(3, 'rrsu')),
  nameless(told(notListed, ['country', 7], 'none')),
  told(flour, ['country', 3], 'sms'),
  told(thanks, ['country', 1], 'none'),
];

/** Invented bodies of the directory. */
export const DEMO_BODIES: readonly BodyDraft[] = [
  {
    ...{ kind: 'health', name: 'Centre de santé de référence (inventé)' },
    ...{
      contact: 'Tous les jours, de jour comme de nuit',
      regionCode: 'R-kita',
    },
  },
  {
    ...{ kind: 'payment', name: 'Guichet de l’agence Kafo (inventé)' },
    contact: 'Jours ouvrables, 8 h à 15 h',
  },
  {
    ...{ kind: 'social', name: 'Service du développement social (inventé)' },
    ...{ contact: 'Jours ouvrables, à la préfecture', regionCode: 'R-kita' },
  },
];
