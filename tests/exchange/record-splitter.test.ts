import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import {
  csvLine,
  protectCell,
  unprotectCell,
} from '../../src/exchange/csv-cells';
import {
  recordSplitter,
  type FileRecord,
} from '../../src/exchange/record-splitter';
import { splitCells } from '../../src/exchange/split-cells';

function split(
  bytes: Buffer | string,
  cells: number,
  piece = 1 << 16,
): { records: FileRecord[]; cutAt: number | undefined } {
  const records: FileRecord[] = [];
  const splitter = recordSplitter(';', cells, (record) => records.push(record));
  const whole = Buffer.from(bytes);
  for (let at = 0; at < whole.length; at += piece) {
    splitter.push(whole.subarray(at, at + piece));
  }
  return { records, cutAt: splitter.end() };
}

const lines = (records: readonly FileRecord[]): unknown[] =>
  records.map(({ line, cells, fault }) => [line, fault?.kind ?? cells]);

test('rows carry the number of their first line, blank lines aside', () => {
  const { records } = split('a;b\n\n;;\nx\r\n"c\nd";e\nf;g', 2);
  expect(lines(records)).toEqual([
    [2, ['a', 'b']],
    [5, 'cellCount'],
    [6, ['c\nd', 'e']],
    [8, ['f', 'g']],
  ]);
});

test('a quotation mark that is forgotten costs its own row only', () => {
  const { records, cutAt } = split('a;"b\nc;d\ne;"f"\ng;h\n', 2);
  expect(lines(records)).toEqual([
    [2, 'quote'],
    [3, ['c', 'd']],
    [4, ['e', 'f']],
    [5, ['g', 'h']],
  ]);
  expect(cutAt).toBeUndefined();
});

test('a quotation mark that is still open at the end of the file tells where it was cut', () => {
  expect(split('a;b\nc;"d\ne;f\n', 2).cutAt).toBe(3);
});

test('a quotation mark that is open for a hundred lines is a mistake, not a long text', () => {
  const body = 'c;d\n'.repeat(150);
  const { records, cutAt } = split(`a;"b\n${body}`, 2);
  expect(cutAt).toBeUndefined();
  expect(records).toHaveLength(151);
  expect(records.filter(({ fault }) => fault !== undefined)).toHaveLength(1);
});

test('bytes that are no UTF-8 become a sign that no cell may hold', () => {
  const { records } = split(Buffer.from('Ke\xefta;b\n', 'latin1'), 2);
  expect(records[0]?.cells[0]).toBe('Ke\ufffdta');
});

test('any rows, written by us, come back the same from us and from csv-parse', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.stringMatching(/^[;"',=+\-@\n a-c]{0,8}$/),
  );
  const row = fc
    .array(cell, { minLength: 3, maxLength: 3 })
    .filter((cells) => cells.some((one) => one.trim() !== ''))
    // A lone carriage return ends no line for us and one for csv-parse.
    .filter(
      (cells) => !cells.some((one) => one.includes('\r') || one.includes('\0')),
    );
  fc.assert(
    fc.property(
      fc.array(row, { maxLength: 12 }),
      fc.integer({ min: 1, max: 40 }),
      (rows, piece) => {
        const text = rows.map((cells) => csvLine(cells)).join('');
        const { records, cutAt } = split(text, 3, piece);
        const read = records.map(({ cells }) => cells.map(unprotectCell));
        expect(cutAt).toBeUndefined();
        expect(read).toEqual(rows);
        const theirs = parse(text, { delimiter: ';', skip_empty_lines: true });
        expect(theirs.map((cells) => cells.map(unprotectCell))).toEqual(rows);
      },
    ),
    { numRuns: 400 },
  );
});

test('any bytes at all are cut the same in pieces of any size, and every line is accounted for', () => {
  const byte = fc.oneof(
    fc.constantFrom(...Buffer.from('";\n\r;"a\n')),
    fc.integer({ min: 0, max: 255 }),
  );
  fc.assert(
    fc.property(
      fc.array(byte, { maxLength: 300 }),
      fc.integer({ min: 1, max: 30 }),
      (bytes, piece) => {
        const whole = Buffer.from(bytes);
        const once = split(whole, 2);
        expect(split(whole, 2, piece)).toEqual(once);
        const last = once.records.at(-1)?.line ?? 1;
        expect(last).toBeLessThanOrEqual(
          whole.toString('utf8').split('\n').length + 1,
        );
        const numbers = once.records.map(({ line }) => line);
        expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
      },
    ),
    { numRuns: 600 },
  );
});

test('a formula is protected once, however often a cell is written and read', () => {
  for (const text of ['=1', "'=1", "''@a", '+223', '-', 'a=1', "'a", '']) {
    expect(unprotectCell(protectCell(text))).toBe(text);
    expect(protectCell(text)).not.toMatch(/^[=+\-@\t\r]/);
  }
});

test('a line without quotation marks is cut at its separators', () => {
  expect(splitCells('a;;b', ';')).toEqual({
    kind: 'cells',
    cells: ['a', '', 'b'],
  });
});
