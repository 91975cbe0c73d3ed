import { foldAnswer } from '../text/fold-answer';

/**
 * Words by which an SMS may tell of abuse, exploitation or harassment. A word ends as written, unless a star says that it may go on.
 * Too much is better than too little: what is caught in error reaches a counsellor, what slips through any officer.
 * Programme's rule 2.6.4; the Bambara words await a native reader.
 */
const WORDS: readonly string[] = [
  ...[
    'viol',
    'viols',
    'viole',
    'violes',
    'violee',
    'violees',
    'violer',
    'violeur*',
    'violent',
    'violence*',
  ],
  ...[
    'sexe',
    'sexuel*',
    'sexuell*',
    'harcel*',
    'harcele*',
    'attouchement*',
    'prostitu*',
  ],
  ...[
    'coucher avec',
    'couche avec',
    'couché avec',
    'coucherai avec',
    'dormir avec moi',
    'faire l amour',
    'fait l amour',
  ],
  ...[
    'abuse de',
    'abuser de moi',
    'abuser d elle',
    'abuser de ma',
    'abuser de la fille',
    'abusé de',
    'abus sur',
  ],
  ...[
    'déshabill*',
    'caress*',
    'mes seins',
    'mes fesses',
    'toute nue',
    'photos nue',
    'embrasser de force',
  ],
  ...[
    'mariage forcé',
    'excis*',
    'incest*',
    'pédophil*',
    'enceinte de l agent',
    'enceinté*',
    'vbg',
    'eas hs',
  ],
  ...['binkanni*', 'binkan'],
];

/** A star ends where a word may go on. */
const PATTERNS: readonly string[] = WORDS.map((word) =>
  word.endsWith('*') ? ` ${foldAnswer(word)}` : ` ${foldAnswer(word)} `,
);

/** Whether a text may tell of abuse, so that it must not lie where staff can read it. */
export function hasSealedWords(text: string): boolean {
  const folded = ` ${foldAnswer(text)} `;
  return PATTERNS.some((pattern) => folded.includes(pattern));
}
