import {
  closeSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { LanguageTexts, TextDocument } from '../text/read-catalogue';
import type { TextChange } from './text-change';

/**
 * Writes changed texts and their review back into `locales/<language>/`.
 *
 * Every file is written beside its old one and flushed before the first is put in place, the
 * review last: a machine that stops in between leaves whole files, and texts whose old signature
 * no longer matches. Running the import again finishes the work.
 */
export function writeLocales(
  root: string,
  one: LanguageTexts,
  changes: readonly TextChange[],
): void {
  const folder = join(root, 'locales', one.language.code);
  const files = Array.from(one.documents)
    .filter(([namespace]) =>
      changes.some(
        (change) => change.namespace === namespace && change.isCorrected,
      ),
    )
    .map(([namespace, document]): [file: string, content: string] => [
      join(folder, `${namespace}.json`),
      asJson(rewritten(document, '', textsOf(namespace, changes))),
    ]);
  if (changes.length > 0) {
    files.push([join(folder, 'review.json'), asJson(reviewed(one, changes))]);
  }
  putInPlace(files);
}

function textsOf(
  namespace: string,
  changes: readonly TextChange[],
): Map<string, string> {
  return new Map(
    changes
      .filter((change) => change.namespace === namespace)
      .map(({ key, text }) => [key, text]),
  );
}

function rewritten(
  document: TextDocument,
  prefix: string,
  texts: ReadonlyMap<string, string>,
): TextDocument {
  return Object.fromEntries(
    Object.entries(document).map(([name, value]) => [
      name,
      typeof value === 'string'
        ? (texts.get(prefix + name) ?? value)
        : rewritten(value, `${prefix}${name}.`, texts),
    ]),
  );
}

function reviewed(
  { review }: LanguageTexts,
  changes: readonly TextChange[],
): unknown {
  const entries = new Map(review);
  for (const { namespace, key, entry } of changes) {
    entries.set(`${namespace}.${key}`, entry);
  }
  return Object.fromEntries(entries);
}

function asJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function putInPlace(files: readonly [file: string, content: string][]): void {
  const written: [beside: string, file: string][] = [];
  try {
    for (const [file, content] of files) {
      writeFlushed(`${file}.new`, content);
      written.push([`${file}.new`, file]);
    }
  } catch (cause) {
    for (const [beside] of written) rmSync(beside);
    throw cause;
  }
  for (const [beside, file] of written) renameSync(beside, file);
}

function writeFlushed(file: string, content: string): void {
  const handle = openSync(file, 'w');
  try {
    writeSync(handle, content);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
