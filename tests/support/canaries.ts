/** Words that may stand in no log, each with what it stands for. */
export type Canaries = Readonly<Record<string, string>>;

/** All that lies in texts as they were, or as programs write them on their way. */
function writtenForms(word: string): string[] {
  const bytes = Buffer.from(word, 'utf8');
  return [
    ...[word, encodeURIComponent(word), JSON.stringify(word).slice(1, -1)],
    ...[new URLSearchParams({ _: word }).toString().slice(2)],
    // Inside a longer text its bytes begin at any of three places.
    ...[0, 1, 2].map((shift) =>
      Buffer.concat([Buffer.alloc(shift), bytes])
        .toString('base64')
        .slice(shift === 0 ? 0 : 4, -4),
    ),
    ...[bytes.toString('hex'), Buffer.from(word, 'utf16le').toString('hex')],
  ].filter(({ length }) => length > 3);
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
