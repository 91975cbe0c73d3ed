import { rejectedPaths } from '../../src/exchange/rejected-file';

test('rejected rows lie next to their file', () => {
  const where = rejectedPaths(['in/a.csv', 'other/a.csv']);
  expect(where('in/a.csv')).toBe('in/a.csv.rejected.csv');
  expect(where('other/a.csv')).toBe('other/a.csv.rejected.csv');
});

test('in a folder of their own, files of one name get numbers', () => {
  const files = ['in/a.csv', 'other/a.csv', 'third/a.csv', 'in/b.csv'];
  const where = rejectedPaths(files, 'out');
  expect(files.map(where)).toEqual([
    'out/a.csv.rejected.csv',
    'out/a.2.csv.rejected.csv',
    'out/a.3.csv.rejected.csv',
    'out/b.csv.rejected.csv',
  ]);
});

test('a file given twice has one report', () => {
  const where = rejectedPaths(['in/a.csv', 'in/a.csv'], 'out');
  expect(where('in/a.csv')).toBe('out/a.csv.rejected.csv');
});

test('a report that is given to be imported itself is not written over', () => {
  const files = ['in/a.csv', 'in/a.csv.rejected.csv'];
  expect(files.map(rejectedPaths(files))).toEqual([
    'in/a.2.csv.rejected.csv',
    'in/a.csv.rejected.csv.rejected.csv',
  ]);
});
