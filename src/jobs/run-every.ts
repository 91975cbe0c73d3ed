import type { Log } from '../runtime/logger';
import type { Metrics } from '../runtime/metrics';

/** One line of the timetable. */
export interface Job {
  name: string;
  /** The period, or draws how long to wait each time. */
  everyMs: number | (() => number);
  /** That it ran leaves no line in the log and no figure; that it failed does. */
  isUntold?: true;
  /**
   * @param stopping told when the process ends: what takes long gives up then, to be done again
   * @returns how many things were done
   */
  run(stopping: AbortSignal): Promise<number>;
}

/** Jobs that run until they are stopped. */
export interface RunningJobs {
  /** Runs every job once, in their order, without waiting for its time: what is due by a clock that was moved. */
  runNow(): Promise<void>;
  /** Tells what is under way to give up, and waits for it; nothing new starts. */
  stop(): Promise<void>;
}

/**
 * Runs each job at its period, never twice at the same time in this process. A
 * job that fails is told and runs again at its next time.
 */
export function runEvery(
  jobs: readonly Job[],
  log: Log,
  metrics?: Pick<Metrics, 'add'>,
): RunningJobs {
  const busy = new Map<Job, Promise<void>>();
  const stopping = new AbortController();
  const begin = (job: Job): Promise<void> => {
    const done = round(job, stopping.signal, log, metrics).finally(() =>
      busy.delete(job),
    );
    busy.set(job, done);
    return done;
  };
  // A time at which a job is still being done is left out.
  const stops = jobs.map((job) =>
    repeat(job.everyMs, () => busy.get(job) ?? begin(job)),
  );
  return {
    async runNow() {
      for (const job of jobs) {
        // What began before the clock was moved may have missed what is due now.
        await busy.get(job);
        if (stopping.signal.aborted) return;
        await begin(job);
      }
    },
    async stop() {
      for (const stop of stops) stop();
      stopping.abort();
      await Promise.all(busy.values());
    },
  };
}

/** Does something again and again. @returns ends it */
function repeat(
  everyMs: Job['everyMs'],
  work: () => Promise<void>,
): () => void {
  if (typeof everyMs === 'function') return repeatDrawn(everyMs, work);
  const timer = setInterval(() => void work(), everyMs);
  return () => {
    clearInterval(timer);
  };
}

/** As `repeat`; how long to wait is drawn after each time. */
function repeatDrawn(
  drawMs: () => number,
  work: () => Promise<void>,
): () => void {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const wait = (): void => {
    if (stopped) return;
    timer = setTimeout(() => void work().finally(wait), drawMs());
  };
  wait();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

async function round(
  job: Job,
  stopping: AbortSignal,
  log: Log,
  metrics?: Pick<Metrics, 'add'>,
): Promise<void> {
  const outcome = await ranJob(job, stopping, log);
  if (job.isUntold === true && outcome === 'done') return;
  metrics?.add('jigi_job_runs_total', { task: job.name, outcome });
}

/** Runs a job once. @returns what became of it */
async function ranJob(
  job: Job,
  stopping: AbortSignal,
  log: Log,
): Promise<'done' | 'given up' | 'failed'> {
  const began = performance.now();
  try {
    const count = await job.run(stopping);
    if (job.isUntold === true) return 'done';
    log[count > 0 ? 'info' : 'debug']('job done', {
      job: job.name,
      count,
      durationMs: Math.round(performance.now() - began),
    });
    return 'done';
  } catch (error) {
    if (stopping.aborted) {
      log.info('job given up', { job: job.name });
      return 'given up';
    }
    log.error('job failed', { job: job.name, error });
    return 'failed';
  }
}
