import type {
  Dossier,
  Flow,
  KeypadEvent,
  ScreenMeta,
} from '../../flows/contract';
import { fold, septets } from '../text/gsm7';
import type { Alphabet } from '../text/gsm7';
import type { Template } from '../text/template';
import type { Position, Shown } from './conversation';
import { writeValues } from './screen-values';
import type { Wording } from './screen-values';
import { chartAt, metaOf } from './turn';

/** What one page of a gateway holds, and in which letters. */
export interface Page {
  septets: number;
  alphabet: Alphabet;
}

/** The parts of a screen before they are cut into pages. */
interface Parts {
  title: string[];
  body: string[];
  /** Keys that stand on every page: next, back. */
  next: string[];
  back: string[];
}

/** A line whose values are not all there is left out: it is not known, or not for this caller. */
function filled(
  templates: readonly Template[],
  values: Record<string, string>,
): string[] {
  return templates
    .filter(({ places }) => places.every((place) => place in values))
    .map((template) => template(values));
}

function choiceLines(
  meta: ScreenMeta,
  choices: ReadonlyMap<string, Template>,
  values: Record<string, string>,
  takes: (event: KeypadEvent) => boolean,
): string[] {
  const keyed: [string, string][] = [
    ...(meta.choices ?? []).map((name, at): [string, string] => [
      String(at + 1),
      name,
    ]),
    ...Object.entries(meta.keys ?? {}).map(([name, key]): [string, string] => [
      key,
      name,
    ]),
  ];
  return keyed.flatMap(([key, name]) => {
    const label = choices.get(name);
    return label !== undefined &&
      takes({ type: `choose.${name}` }) &&
      label.places.every((place) => place in values)
      ? [`${key} ${label(values)}`]
      : [];
  });
}

function partsOf(
  flow: Flow,
  position: Position,
  dossier: Dossier,
  wording: Wording,
): Parts & { end: boolean } {
  const { texts, locale } = wording;
  const meta = metaOf(flow, position.state) ?? {};
  const screen = texts.screen(locale, flow.name, position.state);
  const values = writeValues(
    flow.values(position.state, { ...position.memory, dossier }),
    wording,
  );
  const { takes } = chartAt(flow, position, dossier);
  const common = (key: string): string => texts.t(locale, 'common', key);
  const end = meta.end === true;
  const hasMore = !end && takes({ type: 'more' });
  return {
    end,
    title: filled(screen.title === undefined ? [] : [screen.title], values),
    body: [
      ...filled(screen.lines, values),
      ...choiceLines(meta, screen.choices, values, takes),
    ],
    next: hasMore ? [`9 ${common('more')}`] : [],
    back: end ? [] : [`0 ${common(meta.first ? 'quit' : 'back')}`],
  };
}

/** Cuts lines into pages that leave room for their keys; a line is never cut. */
function pagesOf(lines: string[], room: number): string[][] {
  const pages: string[][] = [[]];
  let used = 0;
  for (const line of lines) {
    const size = septets(line) + 1;
    if (used + size > room && used > 0) {
      pages.push([]);
      used = 0;
    }
    pages.at(-1)?.push(line);
    used += size;
  }
  return pages;
}

/**
 * Writes the screen of a position: never longer than the page allows, only in
 * letters that the channel carries, no choice ever cut. A notice (a wrong key)
 * takes the title's place where there is no room for both.
 */
export function writeScreen(
  flow: Flow,
  position: Position,
  dossier: Dossier,
  wording: Wording,
  page: Page,
  notice?: string,
): Shown {
  const parts = partsOf(flow, position, dossier, wording);
  const folded = (lines: string[]): string[] =>
    lines.map((line) => fold(line, page.alphabet));
  const keys = [...parts.next, ...parts.back];
  const said = notice === undefined ? [] : [notice];

  for (const top of [[...said, ...parts.title], said]) {
    const text = folded([...top, ...parts.body, ...keys]).join('\n');
    if (septets(text) <= page.septets) {
      return { text, end: parts.end, hasNextPage: false };
    }
  }

  const more = `9 ${wording.texts.t(wording.locale, 'common', 'more')}`;
  const footer = folded([more, ...parts.back]);
  const room = page.septets - septets(footer.join('\n'));
  const pages = pagesOf(folded([...said, ...parts.title, ...parts.body]), room);
  const at = Math.min(position.page, pages.length - 1);
  const hasNextPage = at < pages.length - 1;
  const lines = [
    ...(pages[at] ?? []),
    ...(hasNextPage ? footer : folded(keys)),
  ];
  return { text: lines.join('\n'), end: parts.end, hasNextPage };
}
