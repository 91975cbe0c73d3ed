import { isIsoDay } from '../text/dates';

/** What keys can answer a question with. */
export type QuestionKind = 'yesNo' | 'digit' | 'date';

/** Every question by its name under `question` in locales/<language>/common.json. */
export const questions = {
  paidSince: { kind: 'yesNo', title: 'A-t-elle été payée depuis?' },
  cardInHand: { kind: 'yesNo', title: 'A-t-elle sa carte en main?' },
  agentGavePaper: { kind: 'yesNo', title: 'L’agent a-t-il donné un reçu?' },
  stillWanted: { kind: 'yesNo', title: 'Veut-elle toujours une réponse?' },
  mayVisit: { kind: 'yesNo', title: 'Un agent peut-il venir chez elle?' },
  howManyPayments: { kind: 'digit', title: 'Combien de paiements manquent?' },
  howManyPeople: { kind: 'digit', title: 'Combien de personnes étaient là?' },
  dayOfPayment: { kind: 'date', title: 'Quel jour a-t-elle été payée?' },
  dayItHappened: { kind: 'date', title: 'Quel jour cela s’est-il passé?' },
} as const satisfies Readonly<
  Record<string, { kind: QuestionKind; title: string }>
>;

export type QuestionCode = keyof typeof questions;

/** Whether a word of a form is a question. */
export function isQuestion(word: string): word is QuestionCode {
  return Object.hasOwn(questions, word);
}

/** The key of a question's sentence in locales, as it is kept. */
export function questionKey(code: QuestionCode): `question.${QuestionCode}` {
  return `question.${code}`;
}

const readers: Readonly<Record<QuestionKind, (said: string) => boolean>> = {
  yesNo: (said) => said === 'yes' || said === 'no',
  digit: (said) => /^[0-9]$/.test(said),
  date: isIsoDay,
};

/** Whether what was said answers a question of this kind: yes or no, one digit, or a day as YYYY-MM-DD. */
export function answersQuestion(kind: string, said: string): boolean {
  const reader = Object.entries(readers).find(([name]) => name === kind);
  return reader?.[1](said) === true;
}
