import { readFileSync } from 'node:fs';

/** Memory of a process over time, read once a second where the system has /proc. */
export interface MemoryWatch {
  /** Resident MiB of each second so far; empty where it cannot be read. */
  readonly mib: readonly number[];
  stop(): void;
}

/** Watches the resident memory of a process. */
export function watchMemory(pid: number): MemoryWatch {
  const mib: number[] = [];
  const look = (): void => {
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      const kib = /^VmRSS:\s+(\d+)/m.exec(status)?.[1];
      if (kib !== undefined) mib.push(Number(kib) / 1024);
    } catch {
      // No /proc here, or the process is gone: nothing is known of its memory.
    }
  };
  const timer = setInterval(look, 1000);
  return {
    mib,
    stop: () => {
      clearInterval(timer);
    },
  };
}
