import type { Log } from '../runtime/logger';

/** One line of the timetable. */
export interface Job {
  name: string;
  everyMs: number;
  /** @returns how many things were done */
  run(): Promise<number>;
}

/** Jobs that run until they are stopped. */
export interface RunningJobs {
  /** Waits for what is under way; nothing new starts. */
  stop(): Promise<void>;
}

/**
 * Runs each job at its period, never twice at the same time in this process. A
 * job that fails is told and runs again at its next time.
 */
export function runEvery(jobs: readonly Job[], log: Log): RunningJobs {
  const running = new Set<Promise<void>>();
  const timers = jobs.map((job) => {
    let busy = false;
    const round = async (): Promise<void> => {
      const began = performance.now();
      try {
        const count = await job.run();
        log[count > 0 ? 'info' : 'debug']('job done', {
          job: job.name,
          count,
          durationMs: Math.round(performance.now() - began),
        });
      } catch (error) {
        log.error('job failed', { job: job.name, error });
      }
    };
    return setInterval(() => {
      if (busy) {
        return;
      }
      busy = true;
      const done = round().finally(() => {
        busy = false;
        running.delete(done);
      });
      running.add(done);
    }, job.everyMs);
  });
  return {
    async stop() {
      timers.forEach((timer) => {
        clearInterval(timer);
      });
      await Promise.all(running);
    },
  };
}
