import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { addTextsCommands } from '../../src/cli/texts';
import { fixedClock } from '../../src/runtime/clock';

const FIXTURE = join(__dirname, '..', 'support');

/** A folder of texts under test, and the commands of `jigi texts` on it. */
export interface TextsBench {
  readonly root: string;
  /** What the last command printed, and what it complained of. */
  readonly printed: string[];
  readonly complaints: string[];
  /** @returns the exit code */
  jigi(...words: string[]): Promise<number>;
  /** The sheet of the language under review. */
  exported(): Promise<string>;
  /** Brings a sheet in. @returns the exit code */
  imported(sheet: string | Buffer): Promise<number>;
  /** Where the sheet lies. */
  readonly sheetFile: string;
  /** The files of the language under review, by name. */
  localeFiles(): Record<string, string>;
  remove(): void;
}

/** A copy of the small texts of the tests, to be changed. */
export function textsBench(): TextsBench {
  const root = mkdtempSync(join(tmpdir(), 'jigi-sheets-'));
  cpSync(join(FIXTURE, 'locales'), join(root, 'locales'), { recursive: true });
  const sheetFile = join(root, 'relecture.csv');
  const printed: string[] = [];
  const complaints: string[] = [];

  const jigi = async (...words: string[]): Promise<number> => {
    printed.length = 0;
    complaints.length = 0;
    process.exitCode = undefined;
    const program = new Command().exitOverride();
    addTextsCommands(program, {
      root,
      clock: fixedClock('2026-11-21T10:00:00Z'),
      print: (line) => printed.push(line),
      complain: (line) => complaints.push(line),
    });
    await program.parseAsync(['texts', ...words], { from: 'user' });
    return exitCode();
  };
  return {
    ...{ root, printed, complaints, jigi, sheetFile },
    async exported() {
      await jigi('export', '--lang', 'bm', '--out', sheetFile);
      return readFileSync(sheetFile, 'utf8');
    },
    imported(sheet) {
      writeFileSync(sheetFile, sheet);
      return jigi('import', sheetFile);
    },
    localeFiles() {
      const folder = join(root, 'locales', 'bm');
      return Object.fromEntries(
        readdirSync(folder).map((file) => [
          file,
          readFileSync(join(folder, file), 'utf8'),
        ]),
      );
    },
    remove() {
      rmSync(root, { recursive: true });
      process.exitCode = undefined;
    },
  };
}

function exitCode(): number {
  return process.exitCode === undefined ? 0 : Number(process.exitCode);
}

/** A row of the sheet as its reader signs it. */
const SIGNED_BACK =
  'common.back;Retour;Segin;Segin;5;haute;;A. Relectrice;20/11/2026';

/** The sheet with one row signed. */
export function signBack(sheet: string): string {
  return sheet.replace(
    'common.back;Retour;Segin;Segin;5;moyenne;;;',
    SIGNED_BACK,
  );
}
