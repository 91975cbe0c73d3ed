/** What may have happened to a complaint, and how staff are told. The column's CHECK holds the same list. */
export const eventKinds = {
  filed: 'Demande reçue',
  located: 'Lieu précisé par la personne',
  moved: 'Étape changée',
  acknowledged: 'Prise en compte',
  assigned: 'Attribuée',
  noted: 'Note',
  asked: 'Question posée à la personne',
  told: 'La personne a répondu',
  reminded: 'Rappel à la personne',
  referred: 'Orientée vers un autre service',
  proposed: 'Proposée, attend une seconde personne',
  sentBack: 'Non approuvée',
  approved: 'Approuvée par une seconde personne',
  answered: 'Réponse proposée',
  accepted: 'Réponse acceptée',
  refused: 'Réponse refusée',
  rated: 'Avis donné',
  closed: 'Close',
  reopened: 'Rouverte',
  appealed: 'Recours',
  escalated: 'Montée au niveau supérieur, délai passé',
  linked: 'Liée à une autre demande',
  merged: 'Réunie avec une autre demande',
  reclassified: 'Catégorie changée',
  flagged: 'Risque de représailles signalé',
  named: 'Personne ou service mis en cause précisé',
  applied: 'Changement appliqué',
} as const;

/** One of them. */
export type EventKind = keyof typeof eventKinds;

/** Whether a word is one of them. */
export function isEventKind(word: string): word is EventKind {
  return Object.hasOwn(eventKinds, word);
}
