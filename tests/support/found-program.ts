import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** Full path of the first of these programs that this machine has. */
export function foundProgram(names: readonly string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  return names
    .flatMap((name) => folders.map((folder) => path.join(folder, name)))
    .find(isExecutable);
}

/** Declares a suite that runs where its program is; elsewhere it is listed as skipped, by name. */
export function describeWith(
  program: string | undefined,
  name: string,
  suite: (program: string) => void,
): void {
  if (program !== undefined) {
    describe(name, () => suite(program));
    return;
  }
  describe.skip(name, () => {
    suite('');
  });
}

/** Whether a file is there and may be run. */
export function isExecutable(at: string): boolean {
  try {
    accessSync(at, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
