import fc from 'fast-check';
import { FILE_FORMATS } from '../../src/exchange/formats';
import {
  recordSplitter,
  type FileRecord,
} from '../../src/exchange/record-splitter';
import { rowReader, stagedColumns } from '../../src/exchange/row-reader';
import { communeFinder } from '../../src/staff/find-commune';
import { territoryUnits } from '../../src/staff/territory';
import { fuzzed, fuzzTimeoutMs } from '../support/fuzz-cases';

const ground = {
  finder: communeFinder(territoryUnits()),
  day: { latestMs: Date.UTC(2026, 2, 13), latestDay: '2026-03-13' },
  known: {
    rule_code: new Map([['TM15', 1]]),
    wave_code: new Map([['W1', 2]]),
  },
};
const formats = FILE_FORMATS.map((format) => {
  const header = format.columns.map(({ name }) => name);
  return { format, header, read: rowReader(format, header, ground) };
});

const cell = fc.oneof(
  fc.constantFrom(
    ...['', 'H1', 'W1', 'TM15', 'ML010515', 'Koulouniko', '2026-03-01', 'yes'],
    ...['2026-03-01T06:00:00Z', '60100001', '90001201', '47', 'active', '-1'],
    ...[
      '"',
      '""',
      '"a',
      'a"',
      '"a\nb"',
      '"a;b"',
      '\\',
      '\\.',
      '\t',
      '\0',
      '\r',
    ],
  ),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
const body = (cells: number) =>
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.array(rowOf(cells), { maxLength: 8 }).map(joined),
    },
    {
      weight: 1,
      arbitrary: fc
        .uint8Array({ maxLength: 300 })
        .map((all) => Buffer.from(all)),
    },
  );

function rowOf(cells: number) {
  return fc.oneof(
    {
      weight: 4,
      arbitrary: fc.array(cell, { minLength: cells, maxLength: cells }),
    },
    { weight: 1, arbitrary: fc.array(cell, { maxLength: 3 }) },
  );
}

function joined(rows: readonly (readonly string[])[]): Buffer {
  return Buffer.from(rows.map((cells) => cells.join(';')).join('\n'));
}

test(
  'fuzz: whatever bytes a file holds, nothing throws, every line is accounted for, and a row that is read is whole',
  () => {
    const file = fc
      .integer({ min: 0, max: formats.length - 1 })
      .chain((which) =>
        fc.tuple(
          fc.constant(which),
          body(formats[which]?.header.length ?? 0),
          fc.integer({ min: 1, max: 64 }),
        ),
      );
    fc.assert(
      fc.property(file, ([which, bytes, piece]) => {
        const kind = formats[which];
        if (kind === undefined) throw new Error('no format');
        const records: FileRecord[] = [];
        const splitter = recordSplitter(';', kind.header.length, (record) =>
          records.push(record),
        );
        for (let at = 0; at < bytes.length; at += piece)
          splitter.push(bytes.subarray(at, at + piece));
        const cutAt = splitter.end();
        expect(unaccounted(bytes, records, cutAt)).toEqual([]);
        const columns = stagedColumns(kind.format).length;
        for (const { cells, fault } of records) {
          if (fault !== undefined) continue;
          const row = kind.read(cells);
          if ('problems' in row) expect(row.problems.length).toBeGreaterThan(0);
          else expect(row.stored.split('\t')).toHaveLength(columns);
        }
      }),
      fuzzed(),
    );
  },
  fuzzTimeoutMs,
);

/** Lines that are neither in a row nor blank nor behind a quotation mark that stays open. */
function unaccounted(
  bytes: Buffer,
  records: readonly FileRecord[],
  cutAt = Number.POSITIVE_INFINITY,
): string[] {
  const told = new Set(
    records.flatMap(({ line, text }) =>
      text.split('\n').map((_, at) => line + at),
    ),
  );
  const lines = bytes.toString('utf8').split('\n');
  // The header is line 1.
  return lines.filter(
    (text, at) =>
      !told.has(at + 2) && at + 2 < cutAt && !/^[\s;"]*$/.test(text),
  );
}
