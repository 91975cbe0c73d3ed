import type { Log } from '../runtime/logger';

/** One line of the timetable. */
export interface Job {
  name: string;
  everyMs: number;
  /**
   * @param stopping told when the process ends: what takes long gives up then, to be done again
   * @returns how many things were done
   */
  run(stopping: AbortSignal): Promise<number>;
}

/** Jobs that run until they are stopped. */
export interface RunningJobs {
  /** Tells what is under way to give up, and waits for it; nothing new starts. */
  stop(): Promise<void>;
}

/**
 * Runs each job at its period, never twice at the same time in this process. A
 * job that fails is told and runs again at its next time.
 */
export function runEvery(jobs: readonly Job[], log: Log): RunningJobs {
  const running = new Set<Promise<void>>();
  const stopping = new AbortController();
  const timers = jobs.map((job) => {
    let busy = false;
    return setInterval(() => {
      if (busy) {
        return;
      }
      busy = true;
      const done = round(job, stopping.signal, log).finally(() => {
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
      stopping.abort();
      await Promise.all(running);
    },
  };
}

async function round(job: Job, stopping: AbortSignal, log: Log): Promise<void> {
  const began = performance.now();
  try {
    const count = await job.run(stopping);
    log[count > 0 ? 'info' : 'debug']('job done', {
      job: job.name,
      count,
      durationMs: Math.round(performance.now() - began),
    });
  } catch (error) {
    if (stopping.aborted) log.info('job given up', { job: job.name });
    else log.error('job failed', { job: job.name, error });
  }
}
