// What an operator's network counts: GSM 03.38, one septet a letter, two for the extension table.
const PLAIN =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const EXTENDED = '\f^{}\\[~]|€';

/** Septets of a text, and the letters that a basic phone would not show. */
export function measure(text) {
  let septets = 0;
  const outside = new Set();
  for (const letter of text) {
    if (PLAIN.includes(letter)) septets += 1;
    else if (EXTENDED.includes(letter)) septets += 2;
    else outside.add(letter);
  }
  return { septets, outside: [...outside] };
}
