import { readFileSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { systemClock, type Clock } from '../runtime/clock';
import { packageRoot } from '../runtime/package-root';
import { readLongestValues } from '../text/longest-values';
import {
  languageIn,
  readCatalogue,
  type Catalogue,
} from '../text/read-catalogue';
import { planTextImport, type TextPlan } from './plan-text-import';
import { readTextSheet, type SheetFault } from './read-text-sheet';
import { writeTextSheet } from './text-sheet';
import { textsStatus } from './texts-status';
import { writeLocales } from './write-locales';

/** What the commands on texts work with. */
export interface TextsDesk {
  /** The folder that holds `locales/`. */
  root: string;
  clock: Clock;
  print: (line: string) => void;
  complain: (line: string) => void;
}

/** Adds `texts status`, `texts export` and `texts import` to the administration command. */
export function addTextsCommands(
  program: Command,
  desk: TextsDesk = terminalDesk(),
): void {
  const texts = program
    .command('texts')
    .description('Les textes des écrans et leur relecture');
  texts
    .command('status')
    .description('Dit où en est chaque langue, et ce qui ne va pas')
    .action(() => showStatus(desk));
  texts
    .command('export')
    .description("Écrit la feuille d'une langue, pour son relecteur")
    .requiredOption('--lang <code>', 'la langue à relire, par exemple bm')
    .requiredOption('--out <fichier>', 'le fichier CSV à écrire')
    .action(({ lang, out }: { lang: string; out: string }) =>
      exportSheet(desk, lang, out),
    );
  texts
    .command('import')
    .description('Reprend une feuille relue; une faute, et rien ne change')
    .argument('<fichier>', 'la feuille CSV relue')
    .action((file: string) => importSheet(desk, file));
}

function terminalDesk(): TextsDesk {
  return {
    root: packageRoot,
    clock: systemClock(),
    print: (line) => void process.stdout.write(`${line}\n`),
    complain: (line) => void process.stderr.write(`${line}\n`),
  };
}

function showStatus({ root, print }: TextsDesk): void {
  const status = textsStatus(readCatalogue(root), readLongestValues(root));
  status.lines.forEach(print);
  if (!status.isSound) process.exitCode = 1;
}

function exportSheet(desk: TextsDesk, languageCode: string, out: string): void {
  const catalogue = readCatalogue(desk.root);
  const codes = translatedCodes(catalogue);
  if (!codes.includes(languageCode)) {
    refuse(desk, [whole(unknownLanguage(languageCode, codes))]);
    return;
  }
  const longest = readLongestValues(desk.root);
  writeFileSync(out, writeTextSheet(catalogue, longest, languageCode));
  desk.print(`Feuille écrite: ${out}`);
}

function importSheet(desk: TextsDesk, file: string): void {
  const bytes = bytesOf(file);
  if (bytes === undefined) {
    refuse(desk, [whole(`Le fichier ${file} ne peut pas être lu.`)]);
    return;
  }
  const sheet = readTextSheet(bytes);
  if (sheet.kind === 'unreadable') {
    refuse(desk, sheet.faults);
    return;
  }
  const catalogue = readCatalogue(desk.root);
  const codes = translatedCodes(catalogue);
  if (!codes.includes(sheet.languageCode)) {
    refuse(desk, [whole(unknownLanguage(sheet.languageCode, codes))]);
    return;
  }
  const longest = readLongestValues(desk.root);
  const sources = { catalogue, longest, today: desk.clock.today() };
  const plan = planTextImport(sources, sheet.languageCode, sheet.rows);
  if (plan.faults.length > 0) {
    refuse(desk, plan.faults);
    return;
  }
  const language = languageIn(catalogue, sheet.languageCode);
  writeLocales(desk.root, language, plan.changes);
  desk.print(summary(sheet.rows.length, plan));
}

function summary(rows: number, { changes, signed }: TextPlan): string {
  const corrected = changes.filter(({ isCorrected }) => isCorrected).length;
  return `${rows} lignes lues: ${corrected} textes corrigés, ${signed} relus, ${rows - changes.length} lignes sans changement.`;
}

function bytesOf(file: string): Uint8Array | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

function translatedCodes(catalogue: Catalogue): string[] {
  return Array.from(catalogue.values())
    .filter(({ language }) => !language.isSource)
    .map(({ language }) => language.code);
}

function refuse(desk: TextsDesk, faults: readonly SheetFault[]): void {
  for (const { line, column, sentence } of faults) {
    const place = line === 0 ? '' : `ligne ${line}, ${column}: `;
    desk.complain(place + sentence);
  }
  desk.complain("Rien n'a été changé.");
  process.exitCode = 1;
}

function whole(sentence: string): SheetFault {
  return { line: 0, column: '', sentence };
}

function unknownLanguage(code: string, codes: readonly string[]): string {
  return `La langue « ${code} » ne se relit pas ici. Langues à relire: ${codes.join(', ')}.`;
}
