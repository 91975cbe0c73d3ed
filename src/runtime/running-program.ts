import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A living program: when it began (opaque, tells a reused pid apart) and its command line. */
export interface RunningProgram {
  startedAt: string;
  command: string;
}

/** Tells what runs under a pid; undefined when nothing does, or only an unreaped zombie. */
export function runningProgram(pid: number): RunningProgram | undefined {
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
}

function fromProc(pid: number): RunningProgram | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field, the name, may itself hold spaces and parentheses.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const state = fields[0];
    if (state === 'Z' || state === 'X') return undefined;
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return {
      startedAt: fields[19] ?? '',
      command: command.replaceAll('\0', ' '),
    };
  } catch {
    return undefined; // it ended, before or while we looked
  }
}

function fromPs(pid: number): RunningProgram | undefined {
  const seen = spawnSync(
    'ps',
    ['-o', 'stat=,lstart=,command=', '-p', String(pid)],
    { encoding: 'utf8', env: { LC_ALL: 'C', PATH: '/bin:/usr/bin' } },
  );
  // stat, then "Sat Nov 21 18:00:00 2026" (five words), then the command.
  const words = seen.status === 0 ? seen.stdout.trim().split(/\s+/) : [];
  const [state, ...rest] = words;
  if (state === undefined || state.startsWith('Z')) return undefined;
  return {
    startedAt: rest.slice(0, 5).join(' '),
    command: rest.slice(5).join(' '),
  };
}
