import { PAGE_SEPTETS } from '../text/gsm7';
import type { LongestValues } from '../text/longest-values';
import type { LanguageTexts } from '../text/read-catalogue';
import { screenLengths, screenOf } from '../text/screen-length';
import type { SheetFault } from './read-text-sheet';
import type { TextChange } from './text-change';
import { TEXT_COLUMN } from './text-sheet';

/** A screen may not outgrow a page; one that is over it by this measure may not grow further. */
export function lengthFaults(
  one: LanguageTexts,
  longest: LongestValues,
  changes: readonly TextChange[],
  lines: ReadonlyMap<string, number>,
): SheetFault[] {
  const corrected = changes.filter(({ isCorrected }) => isCorrected);
  const before = screenLengths(one, longest);
  const texts = withChanges(one.texts, corrected);
  const after = screenLengths({ ...one, texts }, longest);
  return Array.from(after).flatMap(([screen, length]) => {
    const room = Math.max(PAGE_SEPTETS, before.get(screen) ?? 0);
    if (length <= room) return [];
    const [cause] = [
      ...corrected.filter((change) => isOn(screen, change)),
      // A word that a value takes from elsewhere may be what has grown.
      ...corrected,
    ];
    const id = cause === undefined ? '' : `${cause.namespace}.${cause.key}`;
    return {
      line: lines.get(id) ?? 0,
      column: TEXT_COLUMN + one.language.code,
      sentence: `L'écran ${screen} prendrait ${length} caractères sur ${room}: raccourcissez ses textes de ${length - room}.`,
    };
  });
}

function isOn(screen: string, { namespace, key }: TextChange): boolean {
  return `${namespace}.${screenOf(key)}` === screen;
}

function withChanges(
  texts: LanguageTexts['texts'],
  changes: readonly TextChange[],
): Map<string, Map<string, string>> {
  const changed = new Map(
    Array.from(texts, ([namespace, keys]) => [namespace, new Map(keys)]),
  );
  for (const { namespace, key, text } of changes) {
    changed.get(namespace)?.set(key, text);
  }
  return changed;
}
