import type { CategoryCode } from './categories';

/** An answer that officers may propose: a sentence that its complainant hears in her language. */
export interface AnswerRow {
  /** Complaints that it fits. */
  fits: 'all' | readonly CategoryCode[];
  /** Money is put right: the amount is asked of the officer. */
  restores?: true;
}

/** Every answer by its name under `answer` in locales/<language>/common.json. */
export const answers = {
  paidOn: { fits: ['C1', 'C2', 'C6'] },
  willBePaid: { fits: ['C1', 'C2', 'C6'] },
  amountRight: { fits: ['C1', 'C2'] },
  amountRestored: { fits: ['C2', 'C6'], restores: true },
  cardReady: { fits: ['C1', 'C3'] },
  numberChanged: { fits: ['C3'] },
  corrected: { fits: ['C3', 'C4'] },
  notSelected: { fits: ['C1', 'C4'] },
  listNext: { fits: ['C1', 'C4'] },
  sessionMoved: { fits: ['C1', 'C5'] },
  rationKept: { fits: ['C5'] },
  worksPaid: { fits: ['C5', 'C8'], restores: true },
  followedUp: { fits: 'all' },
  referred: { fits: 'all' },
  comeToTownHall: { fits: 'all' },
} as const satisfies Readonly<Record<string, AnswerRow>>;

export type AnswerCode = keyof typeof answers;

/** Whether a word of a form is an answer. */
export function isAnswer(word: string): word is AnswerCode {
  return Object.hasOwn(answers, word);
}

/** The answers that fit a category, in their order. */
export function answersFor(category: string): readonly AnswerCode[] {
  // Object.keys of our own literal answers exactly its keys.
  return (Object.keys(answers) as AnswerCode[]).filter((code) => {
    const { fits }: AnswerRow = answers[code];
    return fits === 'all' || fits.some((fitting) => fitting === category);
  });
}

/** The key of an answer's sentence in locales, as it is kept with a complaint. */
export function answerKey(code: AnswerCode): `answer.${AnswerCode}` {
  return `answer.${code}`;
}

/** Whether an answer goes with an amount. */
export function restores(code: AnswerCode): boolean {
  const row: AnswerRow = answers[code];
  return row.restores === true;
}
