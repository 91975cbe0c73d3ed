import { existsSync } from 'node:fs';
import path from 'node:path';

/** The folder that holds package.json and prisma/, from the sources as well as from dist/. */
export const packageRoot = findUpwards(__dirname);

function findUpwards(folder: string): string {
  if (existsSync(path.join(folder, 'package.json'))) return folder;
  const parent = path.dirname(folder);
  return parent === folder ? process.cwd() : findUpwards(parent);
}
