/** Words that may stand in no log, each with what it stands for. */
export type Canaries = Readonly<Record<string, string>>;

/** All that lies in texts as they were, or as programs write them on their way. */
function writtenForms(word: string): string[] {
  const bytes = Buffer.from(word, 'utf8');
  return [
    ...[word, encodeURIComponent(word), JSON.stringify(word).slice(1, -1)],
    ...[new URLSearchParams({ _: word }).toString().slice(2)],
    ...insideBase64(bytes),
    ...[bytes.toString('hex'), Buffer.from(word, 'utf16le').toString('hex')],
  ].filter(({ length }) => length > 3);
}

/**
 * The letters of a longer text in base64 that are these bytes' alone; they begin at any of three places. Fewer than
 * eight letters stand in whatever is sealed, by chance.
 */
function insideBase64(bytes: Buffer): string[] {
  return [0, 1, 2]
    .map((before) => {
      const whole = Buffer.concat([Buffer.alloc(before), bytes]);
      return whole
        .toString('base64')
        .slice(Math.ceil((8 * before) / 6), Math.floor((8 * whole.length) / 6));
    })
    .filter(({ length }) => length >= 8);
}

/** Spaces, case and how a URL writes letters hide nothing. */
function plain(text: string): string {
  return text.replace(/[\s.\u00a0-]/g, '').toLowerCase();
}

/** The canaries that a text holds, in whatever form. A number counts without its country too. */
export function canariesIn(text: string, canaries: Canaries): string[] {
  const searched = plain(text);
  return Object.entries(canaries).flatMap(([name, word]) =>
    [word, word.replace(/^\+223/, '')]
      .flatMap(writtenForms)
      .some((form) => searched.includes(plain(form)))
      ? [name]
      : [],
  );
}
