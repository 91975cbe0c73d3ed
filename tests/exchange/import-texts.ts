import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  importFiles,
  type ImportOutcome,
} from '../../src/exchange/import-files';
import type { ImportSummary } from '../../src/exchange/import-file';
import type { Clock } from '../../src/runtime/clock';
import type { Database } from '../../src/runtime/database';

/** A folder of exchange files under test, and the store that they are imported into. */
export interface ImportBench {
  readonly folder: string;
  /** Writes a file. @returns its path */
  write(name: string, content: string | Buffer): string;
  read(name: string): string;
  import(...names: string[]): Promise<ImportRun>;
  remove(): void;
}

/** What an import said. */
export interface ImportRun {
  readonly outcome: ImportOutcome;
  readonly summaries: readonly ImportSummary[];
  readonly warnings: readonly string[];
}

/** Makes an empty folder to import from. */
export function importBench(
  db: Database,
  clock: Clock,
  options: { batchRows?: number; pieceBytes?: number } = {},
): ImportBench {
  const folder = mkdtempSync(path.join(tmpdir(), 'jigi-import-'));
  const at = (name: string): string => path.join(folder, name);
  return {
    folder,
    write(name, content) {
      writeFileSync(at(name), content);
      return at(name);
    },
    read: (name) => readFileSync(at(name), 'utf8'),
    async import(...names) {
      const warnings: string[] = [];
      const warn = (line: string): void => void warnings.push(line);
      const outcome = await importFiles(
        { db, clock, warn, ...options },
        names.map(at),
      );
      const summaries = outcome.kind === 'done' ? outcome.summaries : [];
      return { outcome, summaries, warnings };
    },
    remove: () => {
      rmSync(folder, { recursive: true });
    },
  };
}

/** The counts of one file: read, created, updated, unchanged, stale, rejected. */
export function counts(run: ImportRun, at = 0): Partial<ImportSummary> {
  const found = run.summaries[at];
  if (found === undefined) throw new Error(JSON.stringify(run.outcome));
  const { read, created, updated, unchanged, stale, rejected } = found;
  return { read, created, updated, unchanged, stale, rejected };
}

/** A benefit rule, as files bring it. */
export const RULES = `rule_code;programme;financing;name_fr;monthly_amount_xof;valid_from
TM15;Jigisemejiri;FA2;Transfert;15000;2024-01-01
`;
/** An open wave of that rule. */
export const WAVES = `wave_code;rule_code;provider_code;provider_name;modality;window_start;window_end;status;updated_at
W1;TM15;KAFO;Agence Kafo;cash;2026-03-10;2026-03-16;open;2026-03-01T06:00:00Z
`;
/** The header of a list of payments. */
export const PAYMENTS_HEADER =
  'wave_code;household_number;rule_code;amount_xof;status;updated_at\n';
/** The header of results of payments. */
export const RESULTS_HEADER =
  'wave_code;household_number;rule_code;result;amount_xof;updated_at\n';

/** What differs from the household that is written otherwise. */
export interface HouseholdRow {
  number?: string;
  card?: string;
  village?: string;
  phone?: string;
  owner?: string;
  language?: string;
  consent?: string;
  status?: string;
  updated?: string;
}

/** A file of households; each has a card of its own unless one is given. */
export function households(...rows: HouseholdRow[]): string {
  const header =
    'household_number;card_number;card_check;pcode;village;recipient_first_name;recipient_last_name;phone;phone_owner;language;sms_consent;status;updated_at';
  const lines = rows.map((row) =>
    [
      ...[
        row.number ?? 'H1',
        row.card ?? cardOf(row.number),
        row.card === '' ? '' : '47',
        'ML010515',
      ],
      ...[row.village ?? 'Koulouniko', 'Awa', 'Sissoko'],
      ...[row.phone ?? '60100001', row.owner ?? 'own', row.language ?? 'fr'],
      ...[row.consent ?? 'yes', row.status ?? 'active'],
      row.updated ?? '2026-03-01T06:00:00Z',
    ].join(';'),
  );
  return `${[header, ...lines].join('\n')}\n`;
}

function cardOf(householdNumber = 'H1'): string {
  return `2${householdNumber.slice(1).padStart(7, '0')}`;
}

/** The counts of an import that changed nothing, but for what was read. */
export const NOTHING = {
  created: 0,
  updated: 0,
  unchanged: 0,
  stale: 0,
  rejected: 0,
};
