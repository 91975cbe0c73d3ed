import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Room that a test may take away and give back. */
export interface Room {
  /** Takes all the room that is left. */
  fill(): void;
  free(): void;
}

/** A disk of its own that a test may fill. */
export interface SmallDisk extends Room {
  readonly folder: string;
  close(): void;
}

/** Whether this machine lets us mount a disk in memory: Linux, as root. */
export function mayMount(): boolean {
  const disk = smallDisk(1);
  disk?.close();
  return disk !== undefined;
}

/** Mounts a disk in memory; undefined where that is not allowed. */
export function smallDisk(mib: number): SmallDisk | undefined {
  const folder = mkdtempSync(path.join(tmpdir(), 'jigi-disk-'));
  const mounted = spawnSync('mount', [
    ...['-t', 'tmpfs', '-o', `size=${mib}m`, 'tmpfs', folder],
  ]);
  if (mounted.status !== 0) {
    rmSync(folder, { recursive: true });
    return undefined;
  }
  const filler = path.join(folder, 'filler');
  return {
    folder,
    fill() {
      const { bavail, bsize } = statfsSync(folder);
      writeFileSync(filler, Buffer.alloc(bavail * bsize));
    },
    free: () => {
      rmSync(filler, { force: true });
    },
    close() {
      spawnSync('umount', ['-l', folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL's log segments must still be written whole. */
const segmentBytes = 16 * 1024 * 1024;

/**
 * Room where nothing may be mounted: processes whose files may not grow. PostgreSQL hears of it as of a
 * disk that is full, but its own files alone are bounded.
 */
export function smallFiles(pids: () => readonly number[]): Room {
  const limit = (bytes: string): void => {
    for (const pid of pids()) {
      const words = ['--pid', String(pid), `--fsize=${bytes}:`];
      const { status, stderr } = spawnSync('prlimit', words);
      // One that has just ended needs no limit.
      if (status !== 0 && existsSync(`/proc/${pid}`))
        throw new Error(`prlimit: ${stderr.toString()}`);
    }
  };
  return {
    fill: () => {
      limit(String(segmentBytes));
    },
    free: () => {
      limit('unlimited');
    },
  };
}
