import { readdirSync, readFileSync } from 'node:fs';

/** Memory and open handles of a process, once a second, where the system has /proc. */
export interface ProcessWatch {
  /** Resident MiB of each second so far. */
  readonly mib: readonly number[];
  /** Open files and connections of each second so far. */
  readonly handles: readonly number[];
  stop(): void;
}

/** Watches a process until it is stopped. */
export function watchProcess(pid: number): ProcessWatch {
  const mib: number[] = [];
  const handles: number[] = [];
  const look = (): void => {
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      const kib = /^VmRSS:\s+(\d+)/m.exec(status)?.[1];
      handles.push(readdirSync(`/proc/${pid}/fd`).length);
      mib.push(Number(kib) / 1024);
    } catch {
      // No /proc here, or the process is gone: nothing is known.
    }
  };
  const timer = setInterval(look, 1_000);
  return {
    mib,
    handles,
    stop: () => {
      clearInterval(timer);
    },
  };
}

/** The middle of what was seen from one share of the time to another. */
export function middleOf(
  values: readonly number[],
  from: number,
  to: number,
): number {
  const some = values
    .slice(
      Math.floor(values.length * from),
      Math.max(1, Math.ceil(values.length * to)),
    )
    .sort((a, b) => a - b);
  return Math.round(some[Math.floor(some.length / 2)] ?? Number.NaN);
}
