/**
 * What replaces a character that GSM-7 cannot carry. A table, so that a linguist or an
 * operator can change one line.
 *
 * ɛ ɔ ɲ ŋ become è ò ny ng: the older Malian spelling, which readers of either school know and
 * the programme's own name uses. The way back does not exist (a true n+y is common), so nothing
 * may ever turn folded text into official spelling.
 *
 * Ɛ and Ɔ become E and O. GSM-7 has no È and no Ò, so either the case or the letter is lost; a
 * name or a sentence that begins in lower case looks like a mistake, whereas a missing accent on
 * a capital is what readers of French are used to. No screen should begin with either letter.
 */
export const NEAR_GSM7: Readonly<Record<string, string>> = {
  // Bambara
  ɛ: 'è',
  ɔ: 'ò',
  ɲ: 'ny',
  ŋ: 'ng',
  Ɛ: 'E',
  Ɔ: 'O',
  Ɲ: 'Ny',
  Ŋ: 'Ng',
  // Greek epsilon, which some keyboards give for ɛ
  ε: 'è',
  // Fulfulde, Songhay, Tamasheq: names of people and places
  ɓ: 'b',
  ɗ: 'd',
  ƴ: 'y',
  Ɓ: 'B',
  Ɗ: 'D',
  Ƴ: 'Y',
  ǝ: 'e',
  Ǝ: 'E',
  ɣ: 'gh',
  Ɣ: 'Gh',
  // French; never ç to Ç, although GSM-7 has the capital
  â: 'a',
  ç: 'c',
  ê: 'e',
  ë: 'e',
  î: 'i',
  ï: 'i',
  ô: 'o',
  œ: 'oe',
  û: 'u',
  ÿ: 'y',
  À: 'A',
  Â: 'A',
  È: 'E',
  Ê: 'E',
  Ë: 'E',
  Î: 'I',
  Ï: 'I',
  Ô: 'O',
  Ò: 'O',
  Œ: 'OE',
  Ù: 'U',
  Û: 'U',
  Ÿ: 'Y',
  // Punctuation that word processors and Intl put in
  '\u2018': "'",
  '\u2019': "'",
  '\u02bc': "'",
  '\u00b4': "'",
  '`': "'",
  '\u00ab': '"',
  '\u00bb': '"',
  '\u201c': '"',
  '\u201d': '"',
  '\u2010': '-',
  '\u2011': '-',
  '\u2013': '-',
  '\u2014': '-',
  '\u2212': '-',
  '\u2022': '-',
  '\u2026': '...',
  '\u00b0': 'o',
  '\u00d7': 'x',
  '\t': ' ',
  '\u00a0': ' ',
  '\u2009': ' ',
  '\u202f': ' ',
  // Invisible: soft hyphen, zero-width space and joiners, byte order mark
  '\u00ad': '',
  '\u200b': '',
  '\u200c': '',
  '\u200d': '',
  '\u2060': '',
  '\ufeff': '',
};

/** What further replaces the letters of GSM-7 where an operator's network shows ASCII only. */
export const NEAR_ASCII: Readonly<Record<string, string>> = {
  à: 'a',
  ä: 'a',
  å: 'a',
  æ: 'ae',
  é: 'e',
  è: 'e',
  ì: 'i',
  ñ: 'n',
  ò: 'o',
  ö: 'o',
  ø: 'o',
  ù: 'u',
  ü: 'u',
  ß: 'ss',
  Ä: 'A',
  Å: 'A',
  Æ: 'AE',
  Ç: 'C',
  É: 'E',
  Ñ: 'N',
  Ö: 'O',
  Ø: 'O',
  Ü: 'U',
  '¡': '!',
  '¿': '?',
  '€': 'EUR',
};
