import { flowNames } from '../../flows/contract';
import { packageRoot } from '../../src/runtime/package-root';
import { septets } from '../../src/text/gsm7';
import type { Alphabet } from '../../src/text/gsm7';
import { openTexts } from '../../src/text/texts';
import { writeScreen } from '../../src/ussd/screen';
import { chartAt, metaOf } from '../../src/ussd/turn';
import { testDay } from './dossiers';
import { eventsAt, explore, type Visit } from './explore';

const texts = openTexts({ root: packageRoot });
const page = 160;
const locales = ['fr', 'bm'] as const;
const alphabets: readonly Alphabet[] = ['gsm7', 'ascii'];

/** One visit of each state for all that show the same there. */
const screens = [
  ...new Map(
    flowNames
      .flatMap(explore)
      .filter(isScreen)
      .map((visit) => [shownBy(visit), visit]),
  ).values(),
];

function isScreen({ flow, position }: Visit): boolean {
  const meta = metaOf(flow, position.state);
  return meta !== undefined && meta.waits !== true;
}

/** What a screen depends on: its values, and the keys that it takes now. */
function shownBy(visit: Visit): string {
  const { flow, position, dossier } = visit;
  const { takes } = chartAt(flow, position, dossier);
  return JSON.stringify([
    flow.name,
    position.state,
    flow.values(position.state, { ...position.memory, dossier }),
    eventsAt(visit)
      .filter(({ type }) => type !== 'enter')
      .filter(takes),
  ]);
}

interface Measured {
  name: string;
  septets: number;
  text: string;
}

/** Every different text of every screen. */
function measured(alphabet: Alphabet, isMistaken: boolean): Measured[] {
  const all = new Map<string, Measured>();
  for (const locale of locales) {
    for (const visit of screens) {
      const text = written(visit, locale, alphabet, isMistaken);
      const name = `${locale} ${visit.flow.name}.${visit.position.state}`;
      all.set(`${name}\n${text}`, { name, septets: septets(text), text });
    }
  }
  return [...all.values()];
}

function written(
  { flow, position, dossier }: Visit,
  locale: string,
  alphabet: Alphabet,
  isMistaken: boolean,
): string {
  const notice = isMistaken ? texts.t(locale, 'common', 'invalid') : undefined;
  const wording = { texts, locale, today: testDay };
  const shown = writeScreen(
    flow,
    position,
    dossier,
    wording,
    { septets: page, alphabet },
    notice,
  );
  // A screen that had to be cut into pages counts as too long, whatever its first page holds.
  return shown.hasNextPage ? shown.text.padEnd(page + 1, '.') : shown.text;
}

function tooLong(alphabet: Alphabet, isMistaken: boolean): string[] {
  return measured(alphabet, isMistaken)
    .filter((one) => one.septets > page)
    .map((one) => `${one.name} ${one.septets}\n${one.text}`);
}

test.each(alphabets)(
  'every screen with its longest values fits one page of 160 septets, in %s',
  (alphabet) => {
    expect(screens.length).toBeGreaterThan(150);
    expect(tooLong(alphabet, false)).toEqual([]);
  },
);

test('a wrong key finds room for its notice on the same page', () => {
  expect(tooLong('gsm7', true)).toEqual([]);
});

test('ASCII is never longer than GSM-7', () => {
  const longest = (alphabet: Alphabet) =>
    Math.max(...measured(alphabet, false).map((one) => one.septets));
  expect(longest('ascii')).toBeLessThanOrEqual(longest('gsm7'));
});

test('the ten tightest screens are known', () => {
  const longestOfEach = new Map<string, Measured>();
  for (const one of measured('gsm7', false)) {
    const known = longestOfEach.get(one.name);
    if (known === undefined || known.septets < one.septets) {
      longestOfEach.set(one.name, one);
    }
  }
  const tightest = [...longestOfEach.values()]
    .sort((a, b) => b.septets - a.septets)
    .slice(0, 10);
  process.stdout.write(
    `${tightest.map((one) => `${one.septets} ${one.name}`).join('\n')}\n`,
  );
  expect(tightest).toHaveLength(10);
});
