import { randomUUID } from 'node:crypto';
import {
  chmod,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
} from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../runtime/errors';
import { hasCode } from '../runtime/has-code';
import type { Sealing } from '../runtime/sealing';
import type { Callback } from './callback';

/** A folder where callbacks rest while the store is away, sealed: they hold numbers and words. */
export interface Spool {
  /** Once this is done, they survive the machine's fall. One file for all of them. */
  put(callbacks: readonly Callback[]): Promise<void>;
  /** Names of whole files, oldest first. */
  waiting(): Promise<string[]>;
  /** @returns `unread` for a file that no secret opens; `gone` for one that another process has taken in */
  read(name: string): Promise<Callback[] | 'unread' | 'gone'>;
  remove(name: string): Promise<void>;
  /** How many files wait, and how many were set apart. */
  counts(): Promise<{ waiting: number; apart: number }>;
  /** Keeps a file that cannot be taken in, for a person to look at; it waits no more. */
  setApart(name: string): Promise<void>;
}

const WHOLE = '.sealed';
const UNFINISHED = '.part';
const APART = '.apart';

/**
 * Opens the spool, and writes to it once.
 * @throws AppError `unavailable` when it cannot be written: the service must not say 200 to what it cannot keep
 */
export async function openSpool(
  folder: string,
  sealing: Sealing,
): Promise<Spool> {
  await tryFolder(folder);
  const at = (name: string) => path.join(folder, name);
  return {
    async put(callbacks) {
      const first = callbacks[0]?.receivedAt.getTime() ?? 0;
      const name = `${String(first).padStart(15, '0')}-${randomUUID()}${WHOLE}`;
      const text = JSON.stringify(callbacks);
      const unfinished = at(name + UNFINISHED);
      await writeSafely(unfinished, sealing.encrypt(contextOf(name), text));
      // A name appears only when all of it is on the disk: what a fall cuts short has none.
      await rename(unfinished, at(name));
      await syncFolder(folder);
    },
    async waiting() {
      const names = await readdir(folder);
      return names.filter((name) => name.endsWith(WHOLE)).sort();
    },
    async counts() {
      const names = await readdir(folder);
      const ending = (end: string) =>
        names.filter((name) => name.endsWith(end)).length;
      return { waiting: ending(WHOLE), apart: ending(APART) };
    },
    async read(name) {
      const sealed = await unlessGone(readFile(at(name), 'utf8'));
      if (sealed === undefined) return 'gone';
      const text = sealing.decrypt(contextOf(name), sealed);
      return text === undefined ? 'unread' : callbacksIn(text);
    },
    remove: (name) => rm(at(name), { force: true }),
    async setApart(name) {
      await unlessGone(rename(at(name), at(name + APART)));
    },
  };
}

function contextOf(name: string): string {
  return `spool ${name}`;
}

async function tryFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await chmod(folder, 0o700);
    const trial = path.join(folder, `trial-${randomUUID()}${UNFINISHED}`);
    await writeSafely(trial, 'x');
    await rm(trial);
  } catch (error) {
    throw new AppError(
      'unavailable',
      `Le dossier ${folder} ne peut pas être écrit: les accusés de réception et les SMS reçus s'y perdraient pendant une panne de la base. Donnez-en le droit au service, ou choisissez un autre dossier par SPOOL_DIR.`,
      error,
    );
  }
}

async function writeSafely(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(text, 'utf8');
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The name itself must be on the disk too. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Two processes may share a folder: what the other took in is gone. */
async function unlessGone<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function callbacksIn(text: string): Callback[] {
  // Only `put` seals for this name: what opens is what it wrote.
  const kept = JSON.parse(text) as (Omit<Callback, 'receivedAt'> & {
    receivedAt: string;
  })[];
  return kept.map((one) => ({ ...one, receivedAt: new Date(one.receivedAt) }));
}
