import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { hasCode } from './has-code';
import { runningProgram } from './running-program';

/** What a data directory's postmaster.pid tells: where its server listens and whether it is ready. */
export interface Postmaster {
  pid: number;
  port: number;
  ready: boolean;
}

/** Reads who serves a data directory; undefined when nobody does or the writer is dead. */
export function readPostmaster(cluster: string): Postmaster | undefined {
  const lines = readLines(cluster);
  const pid = Number(lines?.[0]);
  if (lines === undefined || !isPostgres(pid)) return undefined;
  // Lines by number: 1 pid, 4 port, 8 state (PostgreSQL, pidfile.h).
  return {
    pid,
    port: Number(lines[3]),
    ready: lines[7]?.trim() === 'ready',
  };
}

/**
 * Removes a left-over postmaster.pid that PostgreSQL itself would take for a living server: its pid is
 * an unreaped zombie or belongs to another program by now. Other left-overs it clears itself, with more checks.
 */
export function clearForeignPostmaster(cluster: string): void {
  const pid = Number(readLines(cluster)?.[0]);
  if (Number.isInteger(pid) && pid > 0 && !isPostgres(pid) && isTaken(pid))
    rmSync(path.join(cluster, 'postmaster.pid'), { force: true });
}

function isPostgres(pid: number): boolean {
  return runningProgram(pid)?.command.includes('postgres') ?? false;
}

function isTaken(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}

function readLines(cluster: string): string[] | undefined {
  try {
    const file = readFileSync(path.join(cluster, 'postmaster.pid'), 'utf8');
    return file.split('\n');
  } catch {
    return undefined;
  }
}
