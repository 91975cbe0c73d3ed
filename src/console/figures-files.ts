import { csvLine } from '../exchange/csv-cells';
import type { FiguresReport } from './figures-report';

const BOM = '\ufeff';

/** All tables one after the other as CSV; no cell is a formula to a spreadsheet. */
export function figuresCsv(report: FiguresReport, told: string): Buffer {
  const lines = [
    ['Période', told],
    ...report.headline.map(({ name, value }) => [name, value]),
    ...report.tables.flatMap(({ title, head, rows }) => [
      [],
      [title, ...head],
      ...rows.map((row) => [row.title, ...row.cells]),
    ]),
  ];
  return Buffer.from(BOM + lines.map((cells) => csvLine(cells)).join(''));
}

/** Longest name of a sheet, and what may not stand in one. */
const sheetName = (title: string): string =>
  title.replaceAll(/[[\]:*?/\\]/g, ' ').slice(0, 31);

/** The same as a workbook, a sheet a table; every cell is text, so that none is a formula. */
export async function figuresXlsx(
  { headline, tables }: FiguresReport,
  told: string,
): Promise<Buffer> {
  // Loaded by the first who asks: other processes do without it.
  const { default: writeXlsxFile } = await import('write-excel-file/node');
  const text = (value: string, bold = false) => ({
    ...{ value, type: String },
    ...(bold && { fontWeight: 'bold' as const }),
  });
  const sheets = [
    {
      sheet: 'Ensemble',
      data: [
        [text('Période', true), text(told)],
        ...headline.map(({ name, value }) => [text(name, true), text(value)]),
      ],
    },
    ...tables.map(({ title, head, rows }, at) => ({
      sheet: sheetName(`${at + 1} ${title}`),
      data: [
        [text(title, true), ...head.map((one) => text(one, true))],
        ...rows.map((row) => [
          text(row.title),
          ...row.cells.map((cell) => text(cell)),
        ]),
      ],
      columns: [{ width: 34 }, ...head.map(() => ({ width: 22 }))],
    })),
  ];
  return writeXlsxFile(sheets).toBuffer();
}
