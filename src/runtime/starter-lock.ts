import {
  linkSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from './errors';
import { hasCode } from './has-code';
import { isMarkAlive, ownMark } from './pid-mark';

const PATIENCE_MS = 60_000;

/**
 * Takes the lock file if it is free or left by a dead program.
 * @returns how to give it back, or undefined when a living program holds it.
 */
export function tryStarterLock(path: string): (() => void) | undefined {
  if (!createLock(path) && !(clearDeadLock(path) && createLock(path)))
    return undefined;
  return () => {
    rmSync(path, { force: true });
  };
}

/**
 * Runs `work` while no other program on this machine runs work under the same file.
 * @throws AppError `unavailable` when the holder does not let go within a minute.
 */
export async function withStarterLock<T>(
  path: string,
  work: () => Promise<T>,
): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  let release = tryStarterLock(path);
  while (release === undefined) {
    if (Date.now() > deadline)
      throw new AppError(
        'unavailable',
        `Le verrou ${path} reste pris par un autre programme Jigi. Arrêtez ce programme, puis recommencez.`,
      );
    await pause(25);
    release = tryStarterLock(path);
  }
  try {
    return await work();
  } finally {
    release();
  }
}

/** Linking a finished file creates name and content in one step: no lock is ever seen empty. */
function createLock(path: string): boolean {
  const draft = `${path}.${process.pid}.new`;
  writeFileSync(draft, ownMark(), { mode: 0o600 });
  try {
    return linkIfAbsent(draft, path);
  } finally {
    rmSync(draft, { force: true });
  }
}

function clearDeadLock(path: string): boolean {
  const holder = readMark(path);
  if (holder === undefined || isMarkAlive(holder)) return false;
  // Of several waiters only one renames the dead lock; one that came late and
  // moved a living lock away puts it back.
  const aside = `${path}.${process.pid}.old`;
  try {
    renameSync(path, aside);
  } catch {
    return false;
  }
  const wasDead = readMark(aside) === holder;
  if (!wasDead) linkIfAbsent(aside, path);
  rmSync(aside, { force: true });
  return wasDead;
}

function linkIfAbsent(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

function readMark(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
