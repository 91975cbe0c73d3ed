import fc from 'fast-check';
import {
  chainHash,
  walkChain,
  type Breach,
  type ChainMark,
  type ChainRow,
} from '../../src/staff/audit-chain';

const word = fc.string({ maxLength: 12 });
const acts = fc.array(
  fc.record({ actor: word, action: word, subject: word, detail: word }),
  { minLength: 1, maxLength: 12 },
);

type Act = Pick<ChainRow, 'actor' | 'action' | 'subject' | 'detail'>;

function linked(list: readonly Act[]): ChainRow[] {
  const rows: ChainRow[] = [];
  for (const act of list) {
    const row = {
      ...act,
      id: rows.length + 1,
      happenedAt: `2026-03-12T08:00:00.${String(rows.length).padStart(3, '0')}Z`,
      previous: rows.at(-1)?.hash ?? '',
    };
    rows.push({ ...row, hash: chainHash(row) });
  }
  return rows;
}

function breachOf(
  rows: readonly ChainRow[],
  head: ChainMark | undefined,
  cutAfter?: ChainMark,
): Breach | undefined {
  const walk = walkChain(cutAfter);
  for (const row of rows) {
    const breach = walk.take(row);
    if (breach !== undefined) return breach;
  }
  return walk.end(head);
}

/** A chain and one of its rows. */
const chainAndRow = acts.chain((list) =>
  fc.record({
    rows: fc.constant(linked(list)),
    at: fc.nat({ max: list.length - 1 }),
  }),
);

const rowAt = (rows: readonly ChainRow[], at: number): ChainRow => {
  const row = rows[at];
  if (row === undefined) throw new Error('no such row');
  return row;
};

const fields = [
  'happenedAt',
  'actor',
  'action',
  'subject',
  'detail',
  'previous',
  'hash',
] as const;

test('a chain as it was written has no breach', () => {
  fc.assert(
    fc.property(acts, (list) => {
      const rows = linked(list);
      expect(breachOf(rows, rows.at(-1))).toBeUndefined();
    }),
  );
  expect(breachOf([], undefined)).toBeUndefined();
});

test('any altered field of any row is found, and the row named', () => {
  fc.assert(
    fc.property(
      chainAndRow,
      fc.constantFrom(...fields),
      word,
      ({ rows, at }, field, value) => {
        const row = rowAt(rows, at);
        fc.pre(row[field] !== value);
        const altered = rows.with(at, { ...row, [field]: value });
        expect(breachOf(altered, rows.at(-1))).toEqual({
          kind: 'altered',
          id: row.id,
        });
      },
    ),
    { numRuns: 1000 },
  );
});

test('a row altered together with its own hash is found, and named', () => {
  fc.assert(
    fc.property(chainAndRow, word, ({ rows, at }, actor) => {
      const row = rowAt(rows, at);
      fc.pre(row.actor !== actor);
      const altered = { ...row, actor };
      const hash = chainHash(altered);
      expect(
        breachOf(rows.with(at, { ...altered, hash }), rows.at(-1)),
      ).toEqual({ kind: 'altered', id: row.id });
    }),
    { numRuns: 1000 },
  );
});

test('any row taken out is found, the first and the last too, and the first missing is named', () => {
  fc.assert(
    fc.property(chainAndRow, fc.nat({ max: 3 }), ({ rows, at }, more) => {
      const left = rows.filter((_, n) => n < at || n > at + more);
      expect(breachOf(left, rows.at(-1))).toEqual({
        kind: 'missing',
        id: at + 1,
      });
    }),
    { numRuns: 1000 },
  );
});

test('any two rows that change places are found', () => {
  fc.assert(
    fc.property(
      chainAndRow,
      fc.nat(),
      fc.boolean(),
      ({ rows, at }, pick, keepsIds) => {
        const other = pick % rows.length;
        fc.pre(other !== at);
        const [one, two] = [rowAt(rows, at), rowAt(rows, other)];
        const swapped = rows
          .with(at, keepsIds ? { ...two, id: one.id } : two)
          .with(other, keepsIds ? { ...one, id: two.id } : one);
        expect(breachOf(swapped, rows.at(-1))).toBeDefined();
      },
    ),
    { numRuns: 1000 },
  );
});

test('a row put in anywhere is found, whether or not the rows after it are numbered anew', () => {
  fc.assert(
    fc.property(
      chainAndRow,
      word,
      fc.boolean(),
      ({ rows, at }, actor, renumbers) => {
        const before = rowAt(rows, at);
        const own = {
          ...before,
          ...{ id: before.id + 1, actor, previous: before.hash },
        };
        const rest = rows.slice(at + 1);
        const after = renumbers
          ? rest.map((row) => ({ ...row, id: row.id + 1 }))
          : rest;
        const longer = [
          ...rows.slice(0, at + 1),
          { ...own, hash: chainHash(own) },
          ...after,
        ];
        expect(breachOf(longer, rows.at(-1))).toBeDefined();
      },
    ),
    { numRuns: 1000 },
  );
});

test('a chain whose beginning retention took away is whole from there on only', () => {
  const rows = linked(
    Array.from({ length: 5 }, (_, n) => ({
      ...{ actor: 'a', action: 'b', subject: String(n), detail: '{}' },
    })),
  );
  const mark = rowAt(rows, 1);
  expect(breachOf(rows.slice(2), rows.at(-1), mark)).toBeUndefined();
  expect(breachOf(rows.slice(3), rows.at(-1), mark)).toEqual({
    kind: 'missing',
    id: 3,
  });
  expect(
    breachOf(rows.slice(2), rows.at(-1), { ...mark, hash: 'other' }),
  ).toEqual({ kind: 'altered', id: 3 });
});
