import type { PaymentProof, RationProof } from '../complaints/case-proofs';
import { proofWords, receiptWords, resultWords } from './complaint-words';

const paid = ['paid', 'partial'];

/** A payment's three words as the page shows them, and what comes of them. */
export function shownProof(proof: PaymentProof) {
  const { result, answer, answerProof, answerChannel } = proof;
  const byWhat = proofWords[answerProof ?? ''] ?? '';
  return {
    ...proof,
    resultText: result === null ? undefined : (resultWords[result] ?? result),
    answerText: answer === null ? undefined : (receiptWords[answer] ?? answer),
    answerProofText: answerChannel === 'sms' ? `par SMS, ${byWhat}` : byWhat,
    verdict: verdictOf(proof),
  };
}

/** Whether the words agree, in a sentence; undefined while one of them is missing. */
function verdictOf({
  result,
  paidXof,
  amountXof,
  answer,
  askedForMoney,
}: PaymentProof): string | undefined {
  if (result === null || answer === null) return undefined;
  const isPaid = paid.includes(result);
  if (isPaid && answer === 'NOT_RECEIVED')
    return 'Écart\u00a0: l’agence dit payé, le ménage dit rien reçu.';
  if (!isPaid && answer !== 'NOT_RECEIVED')
    return 'Écart\u00a0: l’agence dit non payé, le ménage dit avoir reçu.';
  if (
    answer === 'RECEIVED_WITH_ISSUES' ||
    askedForMoney === true ||
    (paidXof !== null && paidXof !== amountXof)
  )
    return 'Écart\u00a0: le montant n’est pas celui de la liste, ou de l’argent a été demandé.';
  return 'Les trois disent la même chose.';
}

/** A distribution and what the household says of its ration. */
export function shownRation(proof: RationProof) {
  const { answer, answerProof, status } = proof;
  return {
    ...proof,
    statusText: rationStates[status] ?? status,
    answerText: answer === null ? undefined : (receiptWords[answer] ?? answer),
    answerProofText: proofWords[answerProof ?? ''],
  };
}

const rationStates: Readonly<Record<string, string>> = {
  planned: 'Prévue',
  postponed: 'Reportée',
  cancelled: 'Annulée',
};
