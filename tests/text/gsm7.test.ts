import fc from 'fast-check';
import {
  fitsPage,
  fold,
  foldStrict,
  isGsm7,
  septets,
  septetsOrFault,
  type Alphabet,
} from '../../src/text/gsm7';

const ALPHABETS: readonly Alphabet[] = ['gsm7', 'ascii'];

test.each([
  ['', 0],
  ['Retour', 6],
  ['é', 1],
  ['€', 2],
  ['[a]', 5],
  ['a\nb', 3],
  ['@£$¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà', 41],
])('%j is %d septets', (text, expected) => {
  expect(septets(text)).toBe(expected);
});

test.each([
  'ç',
  'ɛ',
  'ɔ',
  'ɲ',
  'ŋ',
  '’',
  'ê',
  'È',
  'Ò',
  '`',
  '\u00a0',
  '\u001b',
])('%j is not in the alphabet', (character) =>
  expect(isGsm7(character)).toBe(false),
);

test('a text that cannot be carried names each of its strangers once', () => {
  expect(septetsOrFault('Bɔ, kɔ, 😀')).toEqual({
    kind: 'outside',
    characters: ['ɔ', '😀'],
  });
  expect(() => septets('Bɔ')).toThrow('not in GSM-7: "ɔ" (U+0254)');
});

test('a page holds 160 septets unless its network is said to hold more', () => {
  expect(fitsPage('a'.repeat(160))).toBe(true);
  expect(fitsPage('a'.repeat(161))).toBe(false);
  expect(fitsPage('€'.repeat(81))).toBe(false);
  expect(fitsPage('a'.repeat(182), 182)).toBe(true);
});

test.each([
  ['Jigisɛmɛjiri', 'Jigisèmèjiri', 'Jigisemejiri'],
  ['Bɔ', 'Bò', 'Bo'],
  ['Ɲɛfɛ', 'Nyèfè', 'Nyefe'],
  ['ŋ Ŋ', 'ng Ng', 'ng Ng'],
  ['Ɛ Ɔ', 'E O', 'E O'],
  ['ƝƐNƐ KAŊ', 'NYENE KANG', 'NYENE KANG'],
  ['Français reçu', 'Francais recu', 'Francais recu'],
  ['À bientôt, Œuvre, où', 'A bientot, OEuvre, où', 'A bientot, OEuvre, ou'],
  ['É é è à ù Ç', 'É é è à ù Ç', 'E e e a u C'],
  [
    'l’eau « oui » … — n°',
    'l\'eau " oui " ... - no',
    'l\'eau " oui " ... - no',
  ],
  ['30\u202f000\u00a0F', '30 000 F', '30 000 F'],
  ['k\u200bala\ufeff', 'kala', 'kala'],
  ['ɗe ƴe ɓe', 'de ye be', 'de ye be'],
  ['š ǎ ﬁ １', 's a fi 1', 's a fi 1'],
  ['漢 😀 🇲🇱', '? ? ??', '? ? ??'],
  ['10 €', '10 €', '10 EUR'],
])('%j is shown as %j, and as %j in ASCII', (text, gsm7, ascii) => {
  expect(fold(text, 'gsm7')).toBe(gsm7);
  expect(fold(text, 'ascii')).toBe(ascii);
});

test.each([
  ['b\u0254\u0301', 'bò'],
  ['bɛ\u0300n', 'bèn'],
  ['e\u0301cole', 'école'],
  ['fɔ\u030c wɛ\u0302 á', 'fò wè a'],
  ['KAƝƐ\u0301', 'KANYE'],
])('tone marks leave no trace: %j', (marked, shown) => {
  expect(fold(marked, 'gsm7')).toBe(shown);
});

test('a text that needs nothing is the same text', () => {
  expect(fold('1 Mon paiement\n0 Retour', 'ascii')).toBe(
    '1 Mon paiement\n0 Retour',
  );
});

test('the catalogue may lose no letter', () => {
  expect(foldStrict('Kɔnɔ, reçu', 'gsm7')).toBe('Kònò, recu');
  expect(() => foldStrict('a 漢 b 漢', 'gsm7')).toThrow(
    'nothing near in gsm7: "漢" (U+6F22)',
  );
  expect(() => foldStrict('Δ', 'ascii')).toThrow('nothing near in ascii');
  expect(foldStrict('Quoi?', 'ascii')).toBe('Quoi?');
});

test('whatever comes in, what is folded can be carried, and folding it again changes nothing', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom(...ALPHABETS),
      (text, alphabet) => {
        const shown = fold(text, alphabet);
        expect(isGsm7(shown)).toBe(true);
        expect(fold(shown, alphabet)).toBe(shown);
      },
    ),
    { numRuns: 3_000 },
  );
});

test('half a surrogate pair is a question mark, not a fault', () => {
  expect(fold('a\ud83d', 'gsm7')).toBe('a?');
});
