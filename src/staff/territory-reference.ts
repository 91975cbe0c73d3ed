import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { AppError } from '../runtime/errors';
import { packageRoot } from '../runtime/package-root';

/**
 * A commune of the division in force before 2023.
 * Source: administrative boundaries by DNCT Mali, OCHA (COD-AB) and ITOS.
 */
export interface ReferenceCommune {
  readonly region: string;
  readonly cercle: string;
  readonly commune: string;
  /** OCHA P-code; two communes have none. */
  readonly pcode: string | undefined;
  /** Our key: the P-code, or a code of our own in the same form, numbered from 90. */
  readonly code: string;
}

/** A cercle that came under another region, and the day from which it holds. */
export interface CercleMove {
  readonly cercle: string;
  readonly region: string;
  readonly validFrom: string;
}

const OWN_CODES: Readonly<Record<string, string>> = {
  Alata: 'ML070490',
  Intadjedite: 'ML080290',
};

/** The 703 communes of prisma/reference/mali-communes.csv. */
export function referenceCommunes(): readonly ReferenceCommune[] {
  return referenceRows('mali-communes.csv').map((row) => {
    const commune = cell(row, 'commune');
    const pcode = cell(row, 'pcode') || undefined;
    const code = pcode ?? OWN_CODES[commune];
    if (code === undefined) {
      throw new AppError('bug', `the commune ${commune} has no code`);
    }
    const region = cell(row, 'region');
    return { region, cercle: cell(row, 'cercle'), commune, pcode, code };
  });
}

/** The cercles that changed region, of prisma/reference/territory-changes.csv: assumed, to be verified. */
export function cercleMoves(): readonly CercleMove[] {
  return referenceRows('territory-changes.csv').map((row) => ({
    cercle: cell(row, 'cercle'),
    region: cell(row, 'region'),
    validFrom: cell(row, 'valid_from'),
  }));
}

/** The rows of a reference file, by column. */
export function referenceRows(
  file: string,
): readonly Readonly<Record<string, string>>[] {
  const text = readFileSync(
    path.join(packageRoot, 'prisma', 'reference', file),
    'utf8',
  );
  return parse<Record<string, string>>(text, { columns: true });
}

function cell(row: Readonly<Record<string, string>>, column: string): string {
  const value = row[column];
  if (value === undefined) {
    throw new AppError('bug', `reference file without the column ${column}`);
  }
  return value;
}
