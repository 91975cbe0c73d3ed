import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  linkSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

/** Makes a folder that only its owner may enter. */
export function makePrivateFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
}

/**
 * Reads a secret kept in a folder, generated the first time; of two programs that begin together both get the same.
 * @returns 32 random bytes as base64url.
 */
export function keepSecret(folder: string, name: string): string {
  const file = path.join(folder, name);
  return readSecret(file) ?? generateSecret(file);
}

function generateSecret(file: string): string {
  makePrivateFolder(path.dirname(file));
  const draft = `${file}.${process.pid}.new`;
  const secret = randomBytes(32).toString('base64url');
  writeFileSync(draft, secret, { mode: 0o600 });
  try {
    linkSync(draft, file);
    return secret;
  } catch (error) {
    const kept = readSecret(file);
    if (kept === undefined) throw error;
    return kept;
  } finally {
    rmSync(draft, { force: true });
  }
}

function readSecret(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim() || undefined;
  } catch {
    return undefined; // not generated yet; an unreadable one fails when it is written
  }
}
