import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { packageRoot } from '../../src/runtime/package-root';
import { septets } from '../../src/text/gsm7';
import type { Phone } from './phone';

const root = path.join(packageRoot, 'tests');

/** A whole conversation as programme staff read it: what was typed, what was seen, its length. */
export function transcriptOf(
  title: string,
  typed: readonly string[],
  phone: Phone,
): string {
  const steps = phone.screens.map((screen, at) =>
    [`> ${typed[at] ?? ''}`, `[${septets(screen)}]`, screen, ''].join('\n'),
  );
  const ending = phone.open ? '' : '(fin de la session)\n';
  return withoutChance([`# ${title}`, '', ...steps, ending].join('\n'));
}

/** References and the digits that a caller will hear are drawn: one stands for all. */
function withoutChance(text: string): string {
  return text
    .replace(/(?<!\+223 )\b\d\d \d\d \d\d \d\d(?=\W)/g, '12 34 56 78')
    .replace(/(dira le numéro|nimòrò fò:) \d\d/g, '$1 37');
}

interface SnapshotState {
  _updateSnapshot: 'all' | 'new' | 'none';
}

/**
 * Compares a conversation with the file that staff have read; `npm test -- -u`
 * writes it anew, on purpose.
 */
export function expectTranscript(
  name: string,
  text: string,
  folder = 'transcripts',
): void {
  const file = path.join(root, folder, `${name}.txt`);
  // Jest keeps its -u flag here and nowhere public.
  const { snapshotState } = expect.getState() as unknown as {
    snapshotState: SnapshotState;
  };
  const writes =
    snapshotState._updateSnapshot === 'all' ||
    (!existsSync(file) && snapshotState._updateSnapshot === 'new');
  if (writes) {
    writeFileSync(file, text);
  }
  expect(text).toBe(existsSync(file) ? readFileSync(file, 'utf8') : '');
}
