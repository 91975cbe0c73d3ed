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
import type { NameRoom, Wording } from './screen-values';
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
  names: NameRoom,
): Parts & { end: boolean } {
  const { texts, locale } = wording;
  const meta = metaOf(flow, position.state) ?? {};
  const screen = texts.screen(locale, flow.name, position.state);
  const values = writeValues(
    flow.values(position.state, { ...position.memory, dossier }),
    wording,
    names,
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
    back: end
      ? []
      : [
          // The first dial says it in both languages: a label of its own.
          `0 ${screen.choices.get('0')?.(values) ?? common(meta.first ? 'quit' : 'back')}`,
        ],
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
 * letters that the channel carries, no choice ever cut. Where there is no room,
 * names are cut first; then a notice (a wrong key) takes the title's place.
 */
export function writeScreen(
  flow: Flow,
  position: Position,
  dossier: Dossier,
  wording: Wording,
  page: Page,
  notice?: string,
): Shown {
  const said = notice === undefined ? [] : [notice];
  const folded = (lines: string[]): string[] =>
    lines.map((line) => fold(line, page.alphabet));
  const onOnePage = (
    { title, body, next, back, end }: Parts & { end: boolean },
    withTitle: boolean,
  ): Shown | undefined => {
    const top = withTitle ? title : [];
    const text = folded([...said, ...top, ...body, ...next, ...back]).join(
      '\n',
    );
    return septets(text) <= page.septets
      ? { text, end, hasNextPage: false }
      : undefined;
  };

  const roomy = partsOf(flow, position, dossier, wording, 'whole');
  const whole = onOnePage(roomy, true);
  if (whole !== undefined) {
    return whole;
  }
  const parts = partsOf(flow, position, dossier, wording, 'cut');
  return (
    onOnePage(parts, true) ??
    onOnePage(parts, false) ??
    onSeveralPages(
      folded([...said, ...parts.title, ...parts.body]),
      {
        turn: folded([
          `9 ${wording.texts.t(wording.locale, 'common', 'more')}`,
          ...parts.back,
        ]),
        last: folded([...parts.next, ...parts.back]),
      },
      page,
      position.page,
      parts.end,
    )
  );
}

/** One page of a screen that needs several. */
function onSeveralPages(
  lines: string[],
  keys: { turn: string[]; last: string[] },
  page: Page,
  wanted: number,
  end: boolean,
): Shown {
  const room = page.septets - septets(keys.turn.join('\n'));
  const pages = pagesOf(lines, room);
  const at = Math.min(wanted, pages.length - 1);
  const hasNextPage = at < pages.length - 1;
  const text = [
    ...(pages[at] ?? []),
    ...(hasNextPage ? keys.turn : keys.last),
  ].join('\n');
  return { text, end, hasNextPage };
}
