import { isIsoDay } from '../text/dates';
import { fold } from '../text/gsm7';
import type { Language } from '../text/languages';
import {
  haveSamePlaces,
  letterSentence,
  writtenPlaces,
} from '../text/catalogue-faults';
import { strangersIn } from '../text/letters';
import type { Confidence, ReviewEntry } from '../text/review';
import { hasStrayBraces, placesOf } from '../text/template';
import type { SheetFault, SheetRow } from './read-text-sheet';
import { CONFIDENCE_WORDS, SHEET_COLUMNS, TEXT_COLUMN } from './text-sheet';

/** What the locale files hold for the key of a row. */
export interface Present {
  source: string | undefined;
  text: string;
  entry: ReviewEntry | undefined;
}

/** What else a row is checked against. */
export interface Checks {
  language: Language;
  languages: readonly Language[];
  /** The day of the import; no signature is of a later one. */
  today: string;
}

/** Everything that is wrong with a row whose key is known. */
export function rowFaults(
  row: SheetRow,
  present: Present,
  checks: Checks,
): SheetFault[] {
  const text = TEXT_COLUMN + checks.language.code;
  const found: [column: string, sentence: string | undefined][] = [
    [SHEET_COLUMNS.source, sourceSentence(row, present)],
    [SHEET_COLUMNS.shown, staleSentence(row, present)],
    [text, placesSentence(row.text, present)],
    [text, writingSentence(row.text, checks.languages)],
    [SHEET_COLUMNS.confidence, confidenceSentence(row.confidence)],
    [SHEET_COLUMNS.reviewer, signatureSentence(row)],
    [SHEET_COLUMNS.date, dateSentence(row.date, checks.today)],
  ];
  return found.flatMap(([column, sentence]) =>
    sentence === undefined ? [] : [{ line: row.line, column, sentence }],
  );
}

/** A translator's confidence in the words of the sheet or of the locale files; empty is no answer. */
export function confidenceOf(word: string): Confidence | undefined {
  const asked = word.toLowerCase();
  return CONFIDENCES.find(
    (one) => one === asked || CONFIDENCE_WORDS[one] === asked,
  );
}

/** A day as spreadsheets write it, `12/03/2026` or `2026-03-12`; undefined for anything else. */
export function sheetDay(written: string): string | undefined {
  const french = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(written);
  const [, day = '', month = '', year = ''] = french ?? [];
  const iso = french
    ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
    : written;
  return isIsoDay(iso) ? iso : undefined;
}

const CONFIDENCES: readonly Confidence[] = ['high', 'medium', 'low'];

function sourceSentence(
  row: SheetRow,
  { source }: Present,
): string | undefined {
  if (row.source === source) return undefined;
  return "Le texte français n'est plus celui du service: demandez une nouvelle feuille pour cette ligne.";
}

/** The shown form is that of the export: where it differs, somebody changed the text meanwhile. */
function staleSentence(row: SheetRow, { text }: Present): string | undefined {
  if (row.text === text || row.shown === fold(text, 'gsm7')) return undefined;
  return "Ce texte a changé dans le service depuis l'export, ou cette colonne a été touchée: demandez une nouvelle feuille pour cette ligne.";
}

function placesSentence(
  text: string,
  { source = '', text: current }: Present,
): string | undefined {
  if (text === '') return 'Le texte est vide: écrivez-le.';
  if (hasStrayBraces(text) || !haveSamePlaces(text, source)) {
    return `Gardez telles quelles les valeurs du français: ${writtenPlaces(source)}.`;
  }
  // A line is left out when one of its values is not known: values must not move together or apart.
  const groups = [source, current].map(placesByLine);
  if (groups.includes(placesByLine(text))) return undefined;
  return 'Gardez sur une même ligne les valeurs qui sont ensemble en français, et les autres sur la leur.';
}

function placesByLine(text: string): string {
  return text
    .split('\n')
    .map((line) => placesOf(line).sort().join())
    .filter((places) => places !== '')
    .sort()
    .join(' ');
}

function writingSentence(
  text: string,
  languages: readonly Language[],
): string | undefined {
  const strangers = strangersIn(text, languages);
  return strangers.length === 0 ? undefined : letterSentence(strangers);
}

function confidenceSentence(word: string): string | undefined {
  if (confidenceOf(word) !== undefined) return undefined;
  const words = Object.values(CONFIDENCE_WORDS).join(', ');
  return `Écrivez un de ces mots: ${words}.`;
}

function signatureSentence({ reviewer, date }: SheetRow): string | undefined {
  if ((reviewer === '') === (date === '')) return undefined;
  return 'Une relecture porte un nom et une date: écrivez les deux, ou aucun.';
}

function dateSentence(written: string, today: string): string | undefined {
  if (written === '') return undefined;
  const day = sheetDay(written);
  if (day === undefined) return 'Écrivez la date ainsi: 12/03/2026.';
  if (day <= today) return undefined;
  return "La date est dans l'avenir: écrivez le jour de la relecture.";
}
