import { answersFor, isAnswer } from '../complaints/answers';
import { appealForComplainant } from '../complaints/appeal-for-complainant';
import { approveDecision } from '../complaints/approve-decision';
import { closeComplaint } from '../complaints/close-complaint';
import {
  decisions,
  isDecision,
  isOutcome,
  outcomes,
} from '../complaints/decisions';
import { closedStatuses, isOpen, mayMove } from '../complaints/lifecycle';
import { proposeAnswer } from '../complaints/propose-answer';
import { reopenComplaint } from '../complaints/reopen-complaint';
import { answerText } from './answer-words';
import { type CaseAct, choiceField, missing, noteOf } from './case-act';
import { bodyField } from './working-acts';
import { readNumber } from './read-fields';
import type { Fields } from './route';

const note = { kind: 'area', name: 'note', label: 'Note' } as const;

const decisionField = ({ typed }: { typed: Fields }) =>
  choiceField(
    { name: 'decision', label: 'Décision', none: 'Choisissez une décision' },
    Object.entries(decisions),
    typed,
  );

const noDecision = { decision: 'Choisissez une décision.' };

/** How a request is answered and ended, and what may follow. */
export const closingActs: readonly CaseAct[] = [
  {
    ...{ word: 'proposer', group: 'closing', permission: 'complaints.work' },
    ...{ title: 'Proposer une réponse', button: 'Proposer' },
    hint: 'La personne l’entend dans sa langue, l’accepte ou la refuse.',
    notice: 'proposee',
    isOpenTo: ({ status, pendingKind }) =>
      pendingKind === null && mayMove(status, 'ANSWER_PROPOSED'),
    fields: ({ found, texts, typed }) => [
      choiceField(
        {
          ...{ name: 'reponse', label: 'Ce qu’elle entendra' },
          none: 'Choisissez une réponse',
        },
        answersFor(found.category).map((code) => [
          code,
          answerText(texts, `answer.${code}`) ?? code,
        ]),
        typed,
      ),
      decisionField({ typed }),
      {
        kind: 'text',
        ...{ name: 'montant', label: 'Montant restitué, F CFA' },
        ...{ inputmode: 'numeric', hint: 'Vide s’il n’y en a pas' },
      },
      note,
    ],
    run: (desk, officer, at, form) => {
      const answer = form['reponse'] ?? '';
      const decision = form['decision'] ?? '';
      const amount = readAmount(form['montant']);
      if (!isAnswer(answer) || !isDecision(decision) || amount === null)
        return Promise.resolve(
          missing({
            ...(!isAnswer(answer) && { reponse: 'Choisissez une réponse.' }),
            ...(!isDecision(decision) && noDecision),
            ...(amount === null && {
              montant: 'Écrivez des chiffres, comme 30 000.',
            }),
          }),
        );
      return proposeAnswer(desk, officer, {
        ...{ ...at, answer, decision, ...noteOf(form) },
        ...(amount !== undefined && { amountRestoredXof: amount }),
      });
    },
  },
  {
    ...{ word: 'clore', group: 'closing', permission: 'complaints.close' },
    ...{ title: 'Clore', button: 'Clore la demande' },
    notice: 'close',
    isOpenTo: ({ status, pendingKind }) =>
      pendingKind === null &&
      closedStatuses.some((to) => to !== 'DUPLICATE' && mayMove(status, to)) &&
      isOpen(status),
    fields: ({ found, bodies, typed }) => [
      choiceField(
        { name: 'issue', label: 'Comment elle finit', none: 'Choisissez' },
        Object.entries(outcomes)
          .filter(([, { status }]) => mayMove(found.status, status))
          .map(([code, { title }]) => [code, title]),
        typed,
      ),
      decisionField({ typed }),
      bodyField(bodies, typed, 'Où aller, hors du programme'),
      note,
    ],
    run: (desk, officer, at, form) => {
      const outcome = form['issue'] ?? '';
      const decision = form['decision'] ?? '';
      if (!isOutcome(outcome) || !isDecision(decision))
        return Promise.resolve(
          missing({
            ...(!isOutcome(outcome) && { issue: 'Dites comment elle finit.' }),
            ...(!isDecision(decision) && noDecision),
          }),
        );
      const referralBodyId = readNumber(form['organisme']);
      return closeComplaint(desk, officer, {
        ...{ ...at, outcome, decision, ...noteOf(form) },
        ...(referralBodyId !== undefined && { referralBodyId }),
      });
    },
  },
  {
    ...{ word: 'rouvrir', group: 'closing', permission: 'complaints.work' },
    ...{ title: 'Rouvrir', button: 'Rouvrir la demande' },
    notice: 'rouverte',
    isOpenTo: ({ status }) => !isOpen(status) && mayMove(status, 'IN_PROGRESS'),
    fields: () => [{ ...note, label: 'Pourquoi' }],
    run: (desk, officer, at, form) =>
      reopenComplaint(desk, officer, { ...at, note: form['note'] ?? '' }),
  },
  {
    ...{ word: 'recours', group: 'closing', permission: 'complaints.file' },
    ...{ title: 'Écrire un recours', button: 'Enregistrer le recours' },
    hint: 'La personne n’est pas d’accord. Une autre personne, un niveau plus haut, décidera.',
    notice: 'recours',
    isOpenTo: ({ status }) => mayMove(status, 'APPEALED'),
    fields: () => [note],
    run: (desk, officer, at, form) =>
      appealForComplainant(desk, officer, { ...at, ...noteOf(form) }),
  },
  {
    ...{ word: 'approuver', group: 'approval' },
    ...{ permission: 'complaints.approve', notice: 'approuvee' },
    ...{ title: 'Approuver', button: 'Approuver' },
    isOpenTo: isForOthers,
    run: (desk, officer, at, form) =>
      approveDecision(desk, officer, {
        ...{ ...at, approves: true, ...noteOf(form) },
      }),
  },
  {
    ...{ word: 'renvoyer', group: 'approval' },
    ...{ permission: 'complaints.approve', notice: 'renvoyee' },
    ...{ title: 'Renvoyer', button: 'Renvoyer' },
    isOpenTo: isForOthers,
    fields: () => [{ kind: 'text', name: 'note', label: 'Ce qui manque' }],
    run: (desk, officer, at, form) =>
      approveDecision(desk, officer, {
        ...{ ...at, approves: false, ...noteOf(form) },
      }),
  },
];

function isForOthers(
  found: { pendingKind: string | null; pendingBy: number | null },
  officer: { id: number },
): boolean {
  return found.pendingKind !== null && found.pendingBy !== officer.id;
}

/** Whole F CFA, with spaces or not; undefined for nothing, null for what is no amount. */
function readAmount(typed: string | undefined): number | null | undefined {
  const digits = (typed ?? '').replaceAll(/[\s\u202f\u00a0.]/g, '');
  if (digits === '') return undefined;
  return /^\d{1,9}$/.test(digits) ? Number(digits) : null;
}
