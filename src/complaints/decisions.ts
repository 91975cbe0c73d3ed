import type { ComplaintStatus } from './lifecycle';

/** What may be decided of a complaint, and how staff read it. */
export const decisions = {
  upheld: 'Fondée, réparée',
  partlyUpheld: 'Fondée en partie',
  notUpheld: 'Non fondée',
  informed: 'Renseignement donné',
  sanctioned: 'Fondée, suite donnée contre l’auteur',
  elsewhere: 'Relève d’un autre service',
  noContact: 'Personne injoignable',
  withdrawn: 'Retirée par la personne',
} as const;

export type DecisionCode = keyof typeof decisions;

/** How an officer may close a complaint: the state it comes to, as staff read it. */
export const outcomes = {
  accepted: {
    title: 'La personne accepte la réponse',
    status: 'CLOSED_ACCEPTED',
  },
  noContact: {
    title: 'La personne n’a pas pu être jointe',
    status: 'CLOSED_NO_CONTACT',
  },
  outOfScope: {
    title: 'Hors du programme: dire où aller',
    status: 'OUT_OF_SCOPE',
  },
  withdrawn: { title: 'La personne retire sa demande', status: 'WITHDRAWN' },
} as const satisfies Readonly<
  Record<string, { title: string; status: ComplaintStatus }>
>;

export type Outcome = keyof typeof outcomes;

/** Whether a word of a form is a decision. */
export function isDecision(word: string): word is DecisionCode {
  return Object.hasOwn(decisions, word);
}

/** Whether a word of a form is a way to close. */
export function isOutcome(word: string): word is Outcome {
  return Object.hasOwn(outcomes, word);
}
