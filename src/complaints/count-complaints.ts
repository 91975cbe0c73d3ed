import type { Database } from '../runtime/database';
import type { Counted } from '../register/small-cells';

/** What is counted of requests; docs/figures.md says what each means. */
export const complaintCounts = [
  ...([
    'received',
    'acknowledged',
    'answered',
    'due',
    'kept',
    'closed',
  ] as const),
  ...(['appealed', 'upheld', 'rated', 'satisfied', 'restored'] as const),
] as const;

export type ComplaintCount = (typeof complaintCounts)[number];

/** By what requests are told apart: columns of the table of figures. */
export const complaintSides = {
  month: 'month',
  region: 'region_code',
  cercle: 'cercle_code',
  category: 'category',
  level: 'level',
  channel: 'channel',
  sex: 'sex',
  beneficiary: 'beneficiary',
} as const;

export type ComplaintSide = keyof typeof complaintSides;

/** Which requests are counted. */
export interface FigureChoice {
  /** First day of the first month, and of the month after the last. */
  period: Span;
  /** Longer ones of which the period is a part, and which are shown elsewhere. */
  within: readonly Span[];
  /** Only those with this value. */
  only: Readonly<
    Partial<
      Record<Exclude<ComplaintSide, 'month' | 'level' | 'beneficiary'>, string>
    >
  >;
  /** Beyond this nothing is counted: the territory of whoever asks. */
  bounds: Readonly<Partial<Record<'region' | 'cercle', string>>>;
}

/** Days as `2026-01-01`, the first in, the last out. */
export interface Span {
  from: string;
  to: string;
}

/** What was counted for one value of one side; of `total`, for all. */
export interface FigureRow {
  side: ComplaintSide | 'total';
  value: string;
  counts: Readonly<Record<ComplaintCount, Counted>>;
  restoredXof: number;
}

const sides = Object.keys(complaintSides) as readonly ComplaintSide[];

/** Counts requests by every side at once, each count with what is left of the larger groups that pages show too. */
export async function countComplaints(
  { pool }: Pick<Database, 'pool'>,
  choice: FigureChoice,
): Promise<FigureRow[]> {
  const { values, whole, chosen, others } = conditions(choice);
  const sums = complaintCounts.flatMap((name) =>
    [chosen, ...others].map(
      (condition) =>
        `coalesce(sum(${name}) filter (where ${condition}), 0)::int`,
    ),
  );
  const columns = sides.map((side) => complaintSides[side]);
  const { rows } = await pool.query<(string | number | null)[]>({
    text: `select grouping(${columns.join(', ')})::int, ${columns.map((column) => `${column}::text`).join(', ')},
        coalesce(sum(restored_xof) filter (where ${chosen}), 0)::float8, ${sums.join(', ')}
      from complaint_figures where ${whole}
      group by grouping sets ((), ${columns.map((column) => `(${column})`).join(', ')})`,
    values,
    rowMode: 'array',
  });
  return rows.map((row) => figureRow(row, others.length));
}

/** Of `grouping()`, each side's bit is 0 where a row was grouped by it. */
function figureRow(
  row: readonly (string | number | null)[],
  others: number,
): FigureRow {
  const [grouped, ...cells] = row;
  const at = sides.findIndex(
    (_side, index) =>
      (Number(grouped) & (1 << (sides.length - 1 - index))) === 0,
  );
  const numbers = cells.slice(sides.length + 1).map(Number);
  const counts = complaintCounts.map((name, index) => {
    const [count = 0, ...rest] = numbers.slice(
      index * (others + 1),
      (index + 1) * (others + 1),
    );
    return [name, { count, rest }];
  });
  return {
    side: sides[at] ?? 'total',
    value: at < 0 ? '' : String(cells[at] ?? ''),
    // Made of exactly the names of complaintCounts.
    counts: Object.fromEntries(counts) as FigureRow['counts'],
    restoredXof: Number(cells[sides.length]),
  };
}

/** What is chosen as SQL, and the same with one choice after the other turned into its contrary. */
export function conditions({ period, within, only, bounds }: FigureChoice) {
  const values: string[] = [];
  const value = (text: string): string => `$${values.push(text)}`;
  const span = ({ from, to }: Span): string =>
    `month >= ${value(from)}::date and month < ${value(to)}::date`;
  const equal = (chosen: object): string[] =>
    Object.entries(chosen).map(
      // The sides of our own table, and texts by number.
      ([side, text]: [string, string]) =>
        `${complaintSides[side as ComplaintSide]} = ${value(text)}`,
    );
  const only_ = equal(only);
  const inPeriod = span(period);
  const bound = equal(bounds);
  const wider = within.map((one) => span(one));
  const longest = wider.length === 0 ? inPeriod : wider.join(' or ');
  const all = [inPeriod, ...only_];
  const without = (at: number): string[] =>
    all.filter((_one, index) => index !== at);
  return {
    values,
    whole: [`(${longest})`, ...bound].join(' and '),
    chosen: all.join(' and '),
    others: [
      ...only_.map((condition, index) =>
        [...without(index + 1), `not (${condition})`].join(' and '),
      ),
      ...wider.map((condition) =>
        [...without(0), `(${condition})`, `not (${inPeriod})`].join(' and '),
      ),
    ],
  };
}

/** Days from receipt to closing: the median and what nine of ten do not exceed. */
export interface DelayRow {
  category: string | undefined;
  level: string | undefined;
  closed: number;
  median: number;
  ninth: number;
}

/** Tells delays by category, by level, and of all. */
export async function complaintDelays(
  { pool }: Pick<Database, 'pool'>,
  choice: FigureChoice,
): Promise<DelayRow[]> {
  const { values, whole, chosen } = conditions(choice);
  const { rows } = await pool.query<{
    category: string | null;
    level: string | null;
    closed: number;
    median: number;
    ninth: number;
  }>(
    `select category, level, count(*)::int as closed, percentile_disc(0.5) within group (order by d)::int as median,
        percentile_disc(0.9) within group (order by d)::int as ninth
      from complaint_figures, unnest(days) d where ${whole} and ${chosen}
      group by grouping sets ((category), (level), ()) order by 1, 2`,
    values,
  );
  return rows.map(({ category, level, ...told }) => ({
    ...told,
    ...{ category: category ?? undefined, level: level ?? undefined },
  }));
}

/** Open requests whose delay is past today, by level, whenever they came. */
export async function lateComplaints(
  { pool }: Pick<Database, 'pool'>,
  choice: FigureChoice,
): Promise<{ level: string; late: Counted }[]> {
  const always = { from: '0001-01-01', to: '9999-01-01' };
  const { values, whole, chosen, others } = conditions({
    ...choice,
    ...{ period: always, within: [] },
  });
  const { rows } = await pool.query<(string | number)[]>({
    text: `select level, ${[chosen, ...others].map((one) => `coalesce(sum(late) filter (where ${one}), 0)::int`).join(', ')}
      from complaint_figures where late > 0 and ${whole} group by 1 order by 1`,
    values,
    rowMode: 'array',
  });
  return rows.map(([level, count, ...rest]) => ({
    level: String(level),
    late: { count: Number(count), rest: rest.map(Number) },
  }));
}

/** Households of the programme by region and sex. */
export async function countHouseholds(
  { pool }: Pick<Database, 'pool'>,
  { bounds, only }: Pick<FigureChoice, 'bounds' | 'only'>,
): Promise<{ region: string; sex: string; households: number }[]> {
  const { rows } = await pool.query<{
    region: string;
    sex: string;
    households: number;
  }>(
    `select region_code as region, sex, sum(households)::int as households from household_figures
      where ($1::text is null or region_code = $1) and ($2::text is null or cercle_code = $2) group by 1, 2`,
    [
      bounds.region ?? only.region ?? null,
      bounds.cercle ?? only.cercle ?? null,
    ],
  );
  return rows;
}
