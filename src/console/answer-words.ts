import { decisions, isDecision } from '../complaints/decisions';
import { isQuestion, questions } from '../complaints/questions';
import type { Texts } from '../text/texts';

/** What a complainant hears, in French, by the key that is kept. */
export function answerText(
  texts: Texts,
  key: string | null,
): string | undefined {
  return key !== null && texts.has('fr', 'common', key)
    ? texts.t('fr', 'common', key)
    : undefined;
}

/** What was decided, in words. */
export function decisionText(code: string | null): string | undefined {
  return code !== null && isDecision(code) ? decisions[code] : undefined;
}

/** What was asked, by the key that is kept. */
export function questionText(key: string): string {
  const code = key.replace('question.', '');
  return isQuestion(code) ? questions[code].title : key;
}
