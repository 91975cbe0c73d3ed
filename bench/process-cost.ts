import { readFileSync } from 'node:fs';

/**
 * Processor time that a process has used so far, in seconds; NaN where the
 * system has no /proc. Unlike the rate it hardly moves when others load the machine.
 */
export function cpuSeconds(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, in brackets, may hold spaces; user and system time are fields 14 and 15.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
  } catch {
    return Number.NaN;
  }
}

/** Linux shows times in hundredths whatever its own clock is (USER_HZ). */
const ticksPerSecond = 100;
