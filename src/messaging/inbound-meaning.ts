import { foldAnswer } from '../text/fold-answer';

/** What an SMS to the programme asks. */
export type InboundMeaning =
  'stop' | 'start' | 'yes' | 'no' | 'digit' | 'info' | 'other';

/** What an SMS was taken for; `said` is the digit of an answer. */
export interface ReadMeaning {
  meaning: InboundMeaning;
  said?: '1' | '2' | '3';
}

/** Words that are an answer by themselves. Anything longer is somebody's sentence, for a person to read. */
const WORDS: Readonly<
  Record<Exclude<InboundMeaning, 'other' | 'digit'>, readonly string[]>
> = {
  stop: [
    ...[
      'STOP',
      'STOPP',
      'STOPE',
      'STOP SMS',
      'ARRET',
      'ARRETE',
      'ARRETER',
      'ARRETEZ',
    ],
    ...[
      'ARRET SMS',
      'ARRETER SMS',
      'ARRETEZ SMS',
      'ARRET DES SMS',
      'PLUS DE SMS',
      'PAS DE SMS',
    ],
    ...['DESABONNER', 'DESABONNEMENT', 'ME DESABONNER', 'UNSUBSCRIBE'],
  ],
  start: ['START', 'REPRISE', 'REPRENDRE', 'REPRENEZ', 'REPRISE SMS'],
  yes: ['OUI', 'AWO', 'OWO', 'AWOO', 'YES'],
  no: ['NON', 'AYI', 'NO'],
  info: ['INFO', 'INFOS', 'INFORMATION', 'AIDE', 'HELP'],
};

/** Courtesy around an answer. */
const COURTESY =
  /\b(?:svp|stp|s il vus plet|s il te plet|merci|i ni ce|please)\b/g;

const MEANINGS: ReadonlyMap<string, InboundMeaning> = new Map(
  Object.entries(WORDS).flatMap(([meaning, words]) =>
    // Object.entries forgets that the keys of the table are meanings.
    words.map((word) => [foldAnswer(word), meaning as InboundMeaning] as const),
  ),
);

/** The programme's code, sent instead of dialled. */
const DIALLED = /^\s*\*\d[\d*]*#?\s*$/;

const DIGIT = /^[123]$/;

/** What an SMS asks, however it is spelt. */
export function inboundMeaning(text: string): ReadMeaning {
  if (DIALLED.test(text)) return { meaning: 'info' };
  const folded = foldAnswer(text)
    .replace(COURTESY, '')
    .replace(/\s+/g, ' ')
    .trim();
  const meaning = MEANINGS.get(folded);
  if (meaning !== undefined) return { meaning };
  const [said] = DIGIT.exec(folded) ?? [];
  // The pattern lets no other digit through.
  return said === undefined
    ? { meaning: 'other' }
    : { meaning: 'digit', said: said as '1' | '2' | '3' };
}
