import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { AppError } from '../runtime/errors';

/**
 * Makes sure, before anything is changed, that files can be written into a folder.
 * @throws AppError `invalid` with a sentence in French
 */
export async function refuseUnwritable(folder: string): Promise<void> {
  try {
    const { isDirectory } = await stat(folder).then((found) => ({
      isDirectory: found.isDirectory(),
    }));
    await access(folder, constants.W_OK);
    if (isDirectory) {
      return;
    }
  } catch {
    // Told below: for the administrator all of these are one fault.
  }
  throw new AppError(
    'invalid',
    `On ne peut pas écrire dans le dossier ${folder}: créez-le, ou indiquez-en un autre. Rien n'a été changé.`,
  );
}
