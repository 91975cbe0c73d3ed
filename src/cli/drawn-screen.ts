import { PAGE_SEPTETS, septetsOrFault } from '../text/gsm7';

/** Letters in a line of a basic phone. */
const COLUMNS = 20;

/** A basic phone's screen drawn with lines, and how much of a page the text fills. */
export function drawnScreen(
  text: string,
  title: string,
  footer: string,
): string {
  const row = (inside: string) => `  │ ${inside.padEnd(COLUMNS)} │`;
  const rule = '─'.repeat(COLUMNS + 2);
  return [
    `  ╭${rule}╮`,
    row(`▂▄▆ ${title}`.slice(0, COLUMNS)),
    `  ├${rule}┤`,
    ...wrapped(text, COLUMNS).map(row),
    `  ╰${rule}╯`,
    `   ${[roomOf(text), footer].filter(Boolean).join(' · ')}`,
  ].join('\n');
}

/** Lines no longer than `columns`, broken between words where a word allows it. */
export function wrapped(text: string, columns: number): string[] {
  return text.split('\n').flatMap((line) => {
    const lines = [''];
    for (const word of piecesOf(line, columns)) {
      const last = lines[lines.length - 1] ?? '';
      const joined = last === '' ? word : `${last} ${word}`;
      if (joined.length <= columns) lines[lines.length - 1] = joined;
      else lines.push(word);
    }
    return lines;
  });
}

/** Words, those longer than a line cut as phones cut them. */
function piecesOf(line: string, columns: number): string[] {
  return line.split(' ').flatMap((word) => {
    const pieces = [word.slice(0, columns)];
    for (let at = columns; at < word.length; at += columns) {
      pieces.push(word.slice(at, at + columns));
    }
    return pieces;
  });
}

function roomOf(text: string): string {
  const measure = septetsOrFault(text);
  return measure.kind === 'fits'
    ? `${measure.septets}/${PAGE_SEPTETS}`
    : `hors GSM-7: ${measure.characters.join(' ')}`;
}
