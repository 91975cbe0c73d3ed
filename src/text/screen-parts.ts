/** Where on which screen a text stands; `choice` is empty but for a choice. */
export interface ScreenPart {
  state: string;
  part: 'title' | 'text' | 'entry' | 'choices';
  choice: string;
}

/** Reads a key such as `next.choices.last`; undefined for a text that is no part of a screen. */
export function screenPartOf(key: string): ScreenPart | undefined {
  const [state = '', part, choice = '', ...rest] = key.split('.');
  if (rest.length > 0) return undefined;
  switch (part) {
    case 'choices':
      return choice === '' ? undefined : { state, part, choice };
    case 'title':
    case 'text':
    case 'entry':
      return choice === '' ? { state, part, choice } : undefined;
    default:
      return undefined;
  }
}
