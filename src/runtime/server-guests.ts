import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { isMarkAlive, ownMark } from './pid-mark';

let lastNumber = 0;

/**
 * Enters this program in the register of those that use a server: one file each.
 * @returns how to sign out.
 */
export function signIn(register: string): () => void {
  mkdirSync(register, { recursive: true, mode: 0o700 });
  lastNumber += 1;
  const entry = path.join(register, `${process.pid}-${lastNumber}`);
  writeFileSync(entry, ownMark(), { mode: 0o600 });
  return () => {
    rmSync(entry, { force: true });
  };
}

/** Counts the living entries of a register; those of dead programs are struck out. */
export function countGuests(register: string): number {
  return entries(register).filter((entry) => {
    const alive = isMarkAlive(readEntry(entry));
    if (!alive) rmSync(entry, { force: true });
    return alive;
  }).length;
}

function entries(register: string): string[] {
  try {
    return readdirSync(register).map((name) => path.join(register, name));
  } catch {
    return []; // nobody has signed in yet
  }
}

function readEntry(entry: string): string {
  try {
    return readFileSync(entry, 'utf8');
  } catch {
    return ''; // signed out meanwhile
  }
}
