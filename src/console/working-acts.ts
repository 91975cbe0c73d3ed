import { acknowledgeComplaint } from '../complaints/acknowledge-complaint';
import { recordAnswer } from '../complaints/answer-question';
import { askComplainant } from '../complaints/ask-complainant';
import { assignComplaint } from '../complaints/assign-complaint';
import { isOpen, mayMove } from '../complaints/lifecycle';
import { noteOnComplaint } from '../complaints/note-on-complaint';
import { isQuestion, questions } from '../complaints/questions';
import { referComplaint } from '../complaints/refer-complaint';
import { resumeComplaint } from '../complaints/resume-complaint';
import { questionText } from './answer-words';
import {
  type ActField,
  type ActGround,
  type CaseAct,
  choiceField,
  missing,
  noteOf,
} from './case-act';
import { readNumber } from './read-fields';
import type { Fields } from './route';

const note = (label: string, hint?: string): ActField => ({
  kind: 'area',
  name: 'note',
  label,
  ...(hint !== undefined && { hint }),
});

/** What is done to a request while it is worked. */
export const workingActs: readonly CaseAct[] = [
  {
    ...{ word: 'accuser', group: 'next', permission: 'complaints.work' },
    ...{ title: 'Prendre en compte', button: 'Prendre en compte' },
    hint: 'Vous l’avez lue, et elle est au bon endroit.',
    notice: 'priseEnCompte',
    isOpenTo: ({ status }) =>
      mayMove(status, status === 'RECEIVED' ? 'ACKNOWLEDGED' : 'TRIAGED') &&
      ['RECEIVED', 'ACKNOWLEDGED', 'APPEALED'].includes(status),
    run: acknowledgeComplaint,
  },
  {
    ...{ word: 'prendre', group: 'next', permission: 'complaints.work' },
    ...{ title: 'M’en charger', button: 'M’en charger' },
    notice: 'attribuee',
    isOpenTo: ({ status, assignedTo }, officer) =>
      isOpen(status) && assignedTo !== officer.id,
    run: (desk, officer, at) =>
      assignComplaint(desk, officer, { ...at, to: officer.id }),
  },
  {
    ...{ word: 'attribuer', group: 'next', permission: 'complaints.assign' },
    ...{ title: 'Donner à quelqu’un', button: 'Attribuer' },
    notice: 'attribuee',
    isOpenTo: ({ status }) => isOpen(status),
    fields: ({ takers, typed }) => [
      choiceField(
        { name: 'responsable', label: 'À qui', none: 'Choisissez quelqu’un' },
        takers.map(({ id, fullName }) => [String(id), fullName]),
        typed,
      ),
    ],
    run: (desk, officer, at, form) => {
      const to = readNumber(form['responsable']);
      return to === undefined
        ? Promise.resolve(missing({ responsable: 'Choisissez quelqu’un.' }))
        : assignComplaint(desk, officer, { ...at, to });
    },
  },
  {
    ...{ word: 'noter', group: 'next', permission: 'complaints.work' },
    ...{ title: 'Noter', button: 'Garder la note' },
    notice: 'notee',
    isOpenTo: () => true,
    fields: () => [
      note('Note', 'Des faits, aussi peu que possible. Rien de la vie privée.'),
    ],
    run: (desk, officer, at, form) =>
      noteOnComplaint(desk, officer, { ...at, note: form['note'] ?? '' }),
  },
  {
    ...{ word: 'questionner', group: 'next', permission: 'complaints.work' },
    ...{ title: 'Questionner la personne', button: 'Poser la question' },
    hint: 'Elle répond par des touches. Le délai s’arrête jusque-là.',
    notice: 'questionnee',
    isOpenTo: ({ status, anonymous, householdId, contactMsisdn }) =>
      !anonymous &&
      (householdId !== null || contactMsisdn !== null) &&
      isOpen(status) &&
      !['WAITING_COMPLAINANT', 'ANSWER_PROPOSED', 'REFERRED'].includes(status),
    fields: ({ typed }) => [
      choiceField(
        {
          name: 'question',
          label: 'Question',
          none: 'Choisissez une question',
        },
        Object.entries(questions).map(([code, { title }]) => [code, title]),
        typed,
      ),
    ],
    run: (desk, officer, at, form) => {
      const question = form['question'] ?? '';
      return isQuestion(question)
        ? askComplainant(desk, officer, { ...at, question })
        : Promise.resolve(missing({ question: 'Choisissez une question.' }));
    },
  },
  {
    ...{ word: 'repondre', group: 'next', permission: 'complaints.work' },
    ...{ title: 'Écrire sa réponse', button: 'Garder la réponse' },
    hint: 'Elle vous l’a dite au téléphone ou sur place.',
    notice: 'repondue',
    isOpenTo: ({ status }) => status === 'WAITING_COMPLAINANT',
    fields: ({ asked, typed }) => [answerField(asked, typed)],
    run: (desk, officer, at, form) => {
      const said = (form['reponse'] ?? '').trim();
      const day = /^(\d\d)\/(\d\d)\/(\d{4})$/.exec(said);
      const answer = day ? day.slice(1).reverse().join('-') : said;
      return recordAnswer(desk, officer, { ...at, answer });
    },
  },
  {
    ...{ word: 'reprendre', group: 'next', permission: 'complaints.work' },
    ...{ title: 'Reprendre le travail', button: 'Reprendre' },
    notice: 'reprise',
    isOpenTo: ({ status }) =>
      ['WAITING_COMPLAINANT', 'ANSWER_PROPOSED', 'REFERRED'].includes(status),
    fields: () => [note('Pourquoi')],
    run: (desk, officer, at, form) =>
      resumeComplaint(desk, officer, { ...at, ...noteOf(form) }),
  },
  {
    ...{ word: 'orienter', group: 'next', permission: 'complaints.work' },
    ...{ title: 'Orienter ailleurs', button: 'Orienter' },
    notice: 'orientee',
    isOpenTo: ({ status }) => mayMove(status, 'REFERRED'),
    fields: ({ bodies, typed }) => [bodyField(bodies, typed), note('Note')],
    run: (desk, officer, at, form) => {
      const referralBodyId = readNumber(form['organisme']);
      return referralBodyId === undefined
        ? Promise.resolve(missing({ organisme: 'Choisissez un service.' }))
        : referComplaint(desk, officer, {
            ...{ ...at, referralBodyId },
            ...noteOf(form),
          });
    },
  },
];

/** The outside bodies, to choose from. */
export function bodyField(
  bodies: readonly { id: number; name: string; region: string | undefined }[],
  typed: Fields,
  hint?: string,
): ActField {
  return choiceField(
    {
      ...{ name: 'organisme', label: 'Service', none: 'Choisissez un service' },
      ...(hint !== undefined && { hint }),
    },
    bodies.map(({ id, name, region }) => [
      String(id),
      `${name}, ${region ?? 'tout le pays'}`,
    ]),
    typed,
  );
}

function answerField(asked: ActGround['asked'], typed: Fields): ActField {
  const label = asked === undefined ? 'Réponse' : questionText(asked.code);
  const name = 'reponse';
  if (asked?.kind === 'yesNo')
    return choiceField(
      { name, label, none: 'Choisissez' },
      [
        ['yes', 'Oui'],
        ['no', 'Non'],
      ],
      typed,
    );
  const hint = asked?.kind === 'date' ? 'Comme 12/03/2026' : 'Un chiffre';
  return { kind: 'text', name, label, hint, inputmode: 'numeric' };
}
