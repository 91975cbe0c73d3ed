import {
  mayTellShare,
  shownCells,
  shownShares,
} from '../../src/register/small-cells';

const counted = (...counts: number[]) =>
  counts.map((count) => ({ count, rest: [] }));

test.each([
  ['nothing is small', [12, 5, 0], [true, true, true]],
  [
    'two are small: neither is told by the total',
    [12, 3, 4],
    [true, false, false],
  ],
  [
    'one is small: the smallest of the others goes with it',
    [12, 3, 8],
    [true, false, false],
  ],
  ['one is small beside nothing', [12, 3, 0], [false, false, true]],
  ['one alone', [3], [false]],
])('%s', (_what, counts, shown) => {
  expect(shownCells(counted(...counts))).toEqual(shown);
});

test('a count is hidden where what is left of a larger group is small', () => {
  const cells = [
    { count: 40, rest: [2] },
    { count: 30, rest: [0, 9] },
    { count: 20, rest: [5] },
  ];
  expect(shownCells(cells)).toEqual([false, true, false]);
});

test('a share is told when neither it nor its remainder is small, in its own group and in the rest', () => {
  const share = (
    part: number,
    whole: number,
    rest: [number, number] = [0, 0],
  ) => ({
    part: { count: part, rest: [rest[0]] },
    whole: { count: whole, rest: [rest[1]] },
  });
  expect(mayTellShare(share(6, 12))).toBe(true);
  expect(mayTellShare(share(0, 12))).toBe(true);
  expect(mayTellShare(share(3, 12))).toBe(false);
  expect(mayTellShare(share(9, 12))).toBe(false);
  expect(mayTellShare(share(2, 4))).toBe(false);
  expect(mayTellShare(share(6, 12, [6, 9]))).toBe(false);
  const column = [share(3, 12), share(20, 40), share(30, 60)];
  expect(shownShares(column)).toEqual([false, false, true]);
});
