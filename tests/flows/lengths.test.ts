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
  const chart = chartAt(flow, position, dossier);
  return JSON.stringify([
    flow.name,
    position.state,
    flow.values(position.state, { ...position.memory, dossier }),
    eventsAt(visit).filter(
      (event) => event.type !== 'enter' && chart.takes(event),
    ),
  ]);
}

interface Written {
  name: string;
  septets: number;
  text: string;
  hasNextPage: boolean;
}

/** Every screen in every language, as its longest values leave it. */
function written(alphabet: Alphabet, isMistaken = false): Written[] {
  return locales.flatMap((locale) =>
    screens.map(({ flow, position, dossier }) => {
      const { text, hasNextPage } = writeScreen(
        flow,
        position,
        dossier,
        { texts, locale, today: testDay },
        { septets: 160, alphabet },
        isMistaken ? texts.t(locale, 'common', 'invalid') : undefined,
      );
      const name = `${locale} ${flow.name}.${position.state}`;
      return { name, septets: septets(text), text, hasNextPage };
    }),
  );
}

const onSeveralPages = (all: Written[]) =>
  all.filter(({ hasNextPage }) => hasNextPage).map(({ text }) => text);

test.each(alphabets)(
  'every screen with its longest values fits one page of 160 septets, in %s',
  (alphabet) => {
    const all = written(alphabet);
    expect(all.length).toBeGreaterThan(300);
    expect(all.filter((one) => one.septets > 160)).toEqual([]);
    expect(onSeveralPages(all)).toEqual([]);
  },
);

test.each(alphabets)(
  'a wrong key finds room for its notice on the same page, in %s',
  (alphabet) => {
    expect(onSeveralPages(written(alphabet, true))).toEqual([]);
  },
);

test('every screen says something besides its keys, to everybody', () => {
  const silent = written('gsm7')
    .filter(({ text }) => text.split('\n').every(isKeyLine))
    .map(({ name, text }) => `${name}:\n${text}`);
  expect(silent).toEqual([]);
});

/** A key and what it means; an amount such as `5 000 F CFA` is none. */
function isKeyLine(line: string): boolean {
  return /^\d \D/.test(line);
}

test('the ten tightest screens are told', () => {
  const longest = new Map<string, number>();
  for (const { name, septets } of written('gsm7')) {
    longest.set(name, Math.max(septets, longest.get(name) ?? 0));
  }
  const tightest = [...longest].sort(([, a], [, b]) => b - a).slice(0, 10);
  process.stdout.write(
    `${tightest.map(([name, length]) => `${length} ${name}`).join('\n')}\n`,
  );
  expect(tightest).toHaveLength(10);
});
