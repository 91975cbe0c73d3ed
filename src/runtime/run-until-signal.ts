import { AppError } from './errors';
import { keepHeapSmall } from './small-heap';

/** Something that runs until it is stopped. */
export interface Stoppable {
  stop(): Promise<void>;
}

/** After this long a process that cannot let go leaves anyway, in milliseconds. */
const lastWordMs = 9_000;

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function fail(error: unknown): void {
  // A fault of configuration or of the machine is told in one sentence, a mistake of ours with its place.
  const known = error instanceof AppError && error.kind !== 'bug';
  say(
    known
      ? error.message
      : error instanceof Error
        ? (error.stack ?? error.message)
        : String(error),
  );
  process.exitCode = 1;
}

/**
 * Starts something and stops it on SIGINT or SIGTERM, with exit code 0; a start
 * that fails says why and ends with 1.
 */
export async function runUntilSignal(
  start: (say: (line: string) => void) => Promise<Stoppable>,
): Promise<void> {
  keepHeapSmall();
  let leave: () => void = () => undefined;
  const signalled = new Promise<void>((resolve) => {
    leave = resolve;
  });
  process.on('SIGINT', leave);
  process.on('SIGTERM', leave);
  try {
    const running = await start(say);
    await signalled;
    setTimeout(() => process.exit(1), lastWordMs).unref();
    await running.stop();
    process.exit(0);
  } catch (error) {
    fail(error);
    process.exit(1);
  }
}
