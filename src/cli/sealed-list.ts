import type { OpenedCase, Reading } from '../complaints/sealed';
import type { LineState } from '../complaints/counsellor-line';
import { readersNeeded, readyDays } from '../complaints/counsellor-line';
import { spokenPairs } from '../text/check-digit';
import {
  callerWords,
  isOldCase,
  languageWords,
  slotWords,
} from '../complaints/case-words';
import { longDay } from '../text/dates';

function caseLines(one: OpenedCase, today: string): string[] {
  const old = isOldCase(one, today) ? ' (plus de 24 mois: à effacer)' : '';
  if ('words' in one) {
    return [
      `Dossier ${one.token}, SMS reçu le ${longDay(one.day)}${old}`,
      `  Du ${spokenPairs(one.msisdn.replace(/^\+223/, ''))}, ${languageWords(one.locale)}: « ${one.words} »`,
      "  Personne n'a demandé d'appel: ce téléphone est peut-être lu par d'autres. N'envoyez pas de SMS.",
    ];
  }
  return [
    `Dossier ${one.token}, demandé le ${longDay(one.day)}${old}`,
    `  Appeler ${spokenPairs(one.msisdn.replace(/^\+223/, ''))} le ${longDay(one.callOn)} ${slotWords[one.slot]}, ${languageWords(one.locale)}`,
    `  Appelle: ${callerWords(one.prefersWoman)}. Dire d'abord le numéro ${one.code}`,
  ];
}

/** No job can end the keeping of what it cannot read: whoever reads is told how. */
function forgetLines(old: readonly OpenedCase[]): string[] {
  return old.length === 0
    ? []
    : [
        '',
        `À effacer maintenant: npm run jigi -- sealed forget ${old.map(({ token }) => token).join(' ')}`,
      ];
}

/** What a reader sees of the cases, on her terminal and nowhere else. */
export function toldReading(
  { cases, unreadable }: Reading,
  today: string,
): string[] {
  const count =
    cases.length === 0
      ? "Aucune demande d'appel."
      : `Demandes d'appel: ${cases.length}`;
  return [
    count,
    ...cases.flatMap((one) => ['', ...caseLines(one, today)]),
    ...forgetLines(cases.filter((one) => isOldCase(one, today))),
    ...(unreadable === 0
      ? []
      : [
          '',
          `Places illisibles: ${unreadable}. Elles ont été altérées, ou écrites avec une autre HASH_KEY.`,
        ]),
  ];
}

/** What anybody who runs the service may know of the line: who reads, and whether it is open. */
export function toldState(state: LineState): string[] {
  const { hasKey, readers, isOpen, opensUntil } = state;
  if (!hasKey) {
    return ["Fermée: la ligne n'a pas de clé. Commencez par: sealed init"];
  }
  return [
    isOpen
      ? `Ouverte: les appelants voient « Une conseillère me rappelle ».${opensUntil === undefined ? '' : ` Si personne ne lit, dernier jour: ${longDay(opensUntil)}.`}`
      : `Fermée: il faut ${readersNeeded} personnes qui ont lu dans les ${readyDays} derniers jours (sealed read). Les appelants voient les numéros à appeler.`,
    ...readers.map(
      ({ name, addedOn, seenOn, isReady }) =>
        `${name}: depuis le ${longDay(addedOn)}, ${seenOn === undefined ? "n'a pas encore lu" : `a lu le ${longDay(seenOn)}`}${isReady ? ', prête' : ''}`,
    ),
  ];
}
