import { isSmall } from '../register/small-cells';
import { addDays, shortDay } from '../text/dates';
import { type MenuFigures, menuFigures } from '../ussd/count-screens';
import { hiddenWord, type ToldTable } from './figures-tables';
import { grouped } from './grouped';
import { columnPlot } from './plots';
import { forStaff, type Reply, type Route, type StaffedVisit } from './route';

/** What callers do in the menu: calls a day, where they leave, in which language. Counts of screens, and of no call. */
export const menuFiguresPages: readonly Route[] = [
  forStaff('get', '/chiffres/menu', 'figures.see', show),
];

/** As many as have room for their names. */
const PLOTTED_DAYS = 10;

/** How many days back one may look. */
const spans = ['7', '30', '90'] as const;

async function show({ house, query }: StaffedVisit): Promise<Reply> {
  const chosen = spans.find((days) => days === query['jours']) ?? '30';
  const to = addDays(house.clock.today(), 1);
  const figures = await menuFigures(house.db, {
    ...{ from: addDays(to, -Number(chosen)), to },
  });
  const perDay = sums(figures.calls, ({ day }) => day);
  return {
    ...{ kind: 'page', view: 'menu-figures', title: 'Chiffres du menu' },
    values: {
      spans: spans.map((value) => ({
        ...{ value, text: `${value} jours`, selected: value === chosen },
      })),
      plot:
        perDay.length > 1
          ? columnPlot(
              perDay.slice(-PLOTTED_DAYS).map(([day, calls]) => ({
                label: shortDay(day),
                title: `${shortDay(day)}: ${count(calls)}`,
                value: isSmall(calls) ? undefined : calls,
              })),
            )
          : undefined,
      tables: tablesOf(figures, perDay).filter(({ rows }) => rows.length > 0),
    },
  };
}

const count = (one: number): string =>
  isSmall(one) ? hiddenWord : grouped(one);

/** Screens that staff look for by name; the others are called as docs/menus.md calls them. */
const screenWords: Readonly<Record<string, string>> = {
  'identity.lockedSoon': 'Carte bloquée une demi-heure',
  'identity.lockedTomorrow': 'Carte bloquée jusqu’à demain',
};

const languages: Readonly<Record<string, string>> = {
  ...{ fr: 'Français', bm: 'Bambara', '': 'Pas encore choisie' },
};

function tablesOf(
  { calls, screens, lengths }: MenuFigures,
  perDay: readonly [string, number][],
): ToldTable[] {
  const lengthOf = new Map(lengths.map((one) => [one.day, one]));
  return [
    {
      ...{ id: 'calls', title: 'Appels par jour' },
      head: ['Appels', 'Durée moyenne', 'Écrans par appel'],
      rows: perDay.toReversed().map(([day, sum]) => {
        const length = lengthOf.get(day);
        return {
          ...{ value: day, title: shortDay(day) },
          cells: [
            count(sum),
            length && length.meanMs > 0
              ? `${Math.round(length.meanMs / 1000)} s`
              : '–',
            length && length.meanHops > 0 ? grouped(length.meanHops) : '–',
          ],
        };
      }),
    },
    {
      ...{ id: 'languages', title: 'Appels par langue' },
      head: ['Appels'],
      rows: sums(calls, ({ locale }) => locale).map(([locale, sum]) => ({
        ...{ value: locale, title: languages[locale] ?? locale },
        cells: [count(sum)],
      })),
    },
    {
      ...{ id: 'screens', title: 'Écrans, et où l’on part' },
      head: [
        'Vus',
        'Une touche mène plus loin',
        'Fin dite par le service',
        'Parti sans suite',
      ],
      rows: screens.map(({ screen, shown, answered, ended }) => ({
        ...{ value: screen, title: screenWords[screen] ?? screen },
        cells: [
          count(shown),
          count(answered),
          count(ended),
          left(shown, shown - answered - ended),
        ],
        bar: isSmall(shown)
          ? undefined
          : (100 * shown) / Math.max(1, screens[0]?.shown ?? 1),
      })),
    },
  ];
}

/** A key may lead on from a screen that another process showed: never less than none. */
function left(shown: number, gone: number): string {
  const some = Math.max(0, gone);
  if (isSmall(shown) || isSmall(some)) return hiddenWord;
  return shown === 0 ? '–' : `${Math.round((100 * some) / shown)} %`;
}

function sums<T extends { calls: number }>(
  rows: readonly T[],
  keyOf: (row: T) => string,
): [string, number][] {
  const summed = new Map<string, number>();
  for (const row of rows)
    summed.set(keyOf(row), (summed.get(keyOf(row)) ?? 0) + row.calls);
  return [...summed];
}
