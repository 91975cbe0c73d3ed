import type { CaseEvent, CaseQuestion } from '../complaints/case-history';
import type { CaseMessage } from '../complaints/case-messages';
import { eventKinds } from '../complaints/event-kinds';
import { levelTitles } from '../complaints/levels';
import { statusTitles } from '../complaints/lifecycle';
import { languageWords } from './complaint-words';
import { questionText } from './answer-words';

/** One act, as its history tells it. */
export function shownEvent(event: CaseEvent) {
  const { kind, actor, name, fromStatus, toStatus, toLevel } = event;
  const what = titleOf(eventKinds, kind);
  const to = titleOf(statusTitles, toStatus);
  return {
    what,
    who: name ?? actors[actor] ?? 'Le personnel',
    at: event.happenedAt,
    /** Of a nameless request the day only is kept. */
    isDay: event.happenedAt.getTime() % 86_400_000 === 0,
    // What the act itself says is not said twice.
    to:
      fromStatus !== toStatus && fromStatus !== null && to !== what
        ? to
        : undefined,
    level: toLevel === null ? undefined : titleOf(levelTitles, toLevel),
    note: kind === 'rated' ? ratings[event.note ?? ''] : event.note,
  };
}

const actors: Readonly<Record<string, string>> = {
  complainant: 'La personne',
  system: 'Le service',
};

const ratings: Readonly<Record<string, string>> = {
  yes: 'Satisfait',
  partly: 'En partie',
  no: 'Pas satisfait',
};

/** A question, and what keys or somebody answered. */
export function shownQuestion(question: CaseQuestion) {
  const { answer } = question;
  const words: Readonly<Record<string, string>> = { yes: 'Oui', no: 'Non' };
  return {
    ...question,
    text: questionText(question.code),
    answerText: answer === null ? undefined : (words[answer] ?? dayOr(answer)),
    isDropped: question.answeredBy === 'dropped',
  };
}

/** A message: what it is and where it stands. */
export function shownMessage(message: CaseMessage) {
  const { template, state, locale } = message;
  return {
    ...message,
    text: templates[template] ?? template,
    stateText: states[state] ?? state,
    language: languageWords[locale] ?? locale,
  };
}

const templates: Readonly<Record<string, string>> = {
  'complaint.acknowledged': 'Numéro de la demande et date de réponse',
  'complaint.moved': 'Il y a du nouveau',
  'complaint.asked': 'Une question l’attend',
  'complaint.answered': 'Une réponse l’attend',
  'complaint.closed': 'Demande close, recours possible',
};

const states: Readonly<Record<string, string>> = {
  held: 'attend son heure',
  queued: 'va partir',
  sending: 'part',
  sent: 'parti',
  delivered: 'arrivé',
  failed: 'pas arrivé',
  unknown: 'peut-être arrivé',
  cancelled: 'annulé',
  expired: 'trop tard, pas parti',
};

function dayOr(answer: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(answer)
    ? answer.split('-').reverse().join('/')
    : answer;
}

/** What a table calls something; a word of a later release is shown as it stands. */
function titleOf(
  titles: Readonly<Partial<Record<string, string>>>,
  word: string,
): string {
  return titles[word] ?? word;
}
