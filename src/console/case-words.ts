import type { CaseFile } from '../complaints/case-file';
import { levelTitles } from '../complaints/levels';
import { spokenPairs } from '../text/check-digit';
import { maskMsisdn } from '../text/msisdn';
import type { Texts } from '../text/texts';
import { answerText, decisionText } from './answer-words';
import {
  categoryWord,
  languageWords,
  originWords,
  proofWords,
  respondWords,
  statusTag,
  subjectWord,
} from './complaint-words';
import { clockWords } from './inbox-rows';

const channelWords: Readonly<Record<string, string>> = {
  paper: 'sur papier',
  call: 'par appel',
  visit: 'en personne',
};

const namedWords: Readonly<Record<string, string>> = {
  staff: 'un agent du programme',
  agent: 'un agent de paiement',
  person: 'une personne',
  body: 'un service, un comité',
};

const pendingWords: Readonly<Record<string, string>> = {
  answer: 'Une réponse',
  closing: 'Une clôture',
  merging: 'Une clôture comme doublon',
  category: 'Une autre catégorie',
};

const satisfactionWords: Readonly<Record<string, string>> = {
  yes: 'Satisfait',
  partly: 'Satisfait en partie',
  no: 'Pas satisfait',
};

/** A request in words. */
export function shownCase(found: CaseFile, texts: Texts, today: string) {
  const { reference, category, subject, level, status } = found;
  return {
    ...found,
    pairs: spokenPairs(reference),
    subjectText: subjectWord(subject, category),
    categoryText: categoryWord(category),
    statusTag: statusTag(status),
    levelText: levelTitles[level],
    clock: clockWords(found, today),
    goesUpOn:
      found.escalateOn !== null && found.escalateOn >= today
        ? found.escalateOn
        : undefined,
    facts: facts(found, texts),
    pendingText:
      found.pendingKind === null
        ? undefined
        : {
            what: pendingWords[found.pendingKind] ?? 'Une décision',
            category:
              found.pendingCategory === null
                ? undefined
                : categoryWord(found.pendingCategory),
            answer: answerText(texts, found.pendingAnswer),
            decision: decisionText(found.pendingDecision),
          },
  };
}

/** What is known of it, line by line; what is not is left out. */
function facts(
  found: CaseFile,
  texts: Texts,
): { key: string; value: string }[] {
  const { anonymous, commune, village, filedBy } = found;
  const place = [village, commune].filter((one) => one !== null).join(', ');
  const lines: [string, string | undefined | null][] = [
    ['Catégorie', categoryWord(found.category)],
    ['Lieu', place === '' ? 'Personne ne l’a dit' : place],
    ['Niveau', levelTitles[found.level]],
    ['Responsable', found.assignee ?? 'Personne encore'],
    ['Arrivée', arrival(found)],
    ['De qui', anonymous ? 'Sans nom' : person(found)],
    ['Preuve', anonymous ? undefined : proofWords[found.proofLevel]],
    ['Répondre', respondWords[found.respondBy]],
    ['Langue', languageWords[found.locale]],
    ['Pour', found.onBehalfOf],
    ['Apportée par', found.broughtBy],
    [
      'Enregistrée par',
      filedBy && `${filedBy}, ${channelWords[found.filedChannel ?? ''] ?? ''}`,
    ],
    ['Mis en cause', named(found)],
    ['Réponse', answerText(texts, found.proposedAnswer)],
    ['Décision', decisionText(found.decisionCode)],
    ['Orientée vers', found.referralBody],
    ['Recours', found.appeals > 0 ? String(found.appeals) : undefined],
    ['Avis', satisfactionWords[found.satisfaction ?? '']],
    ['Numéro GAJIGI', found.externalRef],
  ];
  return lines.flatMap(([key, value]) => (value ? [{ key, value }] : []));
}

function arrival({ origin, anonymous, filedAt }: CaseFile): string {
  const day = filedAt.toISOString().slice(0, 10).split('-').reverse().join('/');
  const hour = anonymous ? '' : ` à ${filedAt.toISOString().slice(11, 16)}`;
  return `${originWords[origin] ?? origin}, le ${day}${hour}`;
}

/** Never a name: that is on the household's card, which asks why. */
function person({ householdId, contactMsisdn }: CaseFile): string {
  const phone = contactMsisdn === null ? '' : maskMsisdn(contactMsisdn);
  const home =
    householdId === null ? 'Hors du registre' : 'Un ménage du registre';
  return phone === '' ? home : `${home}, ${phone}`;
}

function named({ namedKind, namedText, namedLevel }: CaseFile) {
  if (namedKind === null && namedLevel === null) return undefined;
  return [
    namedText ?? namedWords[namedKind ?? ''],
    namedLevel === null ? undefined : `niveau ${levelTitles[namedLevel]}`,
  ]
    .filter((one) => one !== undefined)
    .join(', ');
}
