import pino from 'pino';

/** Lines that wait for room beyond this many bytes are dropped. */
const MOST_WAITING = 1024 * 1024;

/** Lines are written together: each write is handed to a thread and back, which costs more than the step it tells of is worth. */
const TOGETHER_BYTES = 8 * 1024;
const LATEST_MS = 100;

/**
 * Where log lines go. While the other side takes none, as a full disk, a few wait and the rest are dropped; the
 * program goes on, and may end. pino's own would end the program at the first refusal, and then never let it go.
 */
export function patientOutput(fd: number): ReturnType<typeof pino.destination> {
  const output = pino.destination({
    ...{ dest: fd, maxLength: MOST_WAITING },
    ...{ minLength: TOGETHER_BYTES, periodicFlush: LATEST_MS },
  });
  let isRefused = false;
  output.on('error', () => {
    isRefused = true;
  });
  output.on('write', () => {
    isRefused = false;
  });
  const flush = output.flush.bind(output);
  const flushSync = output.flushSync.bind(output);
  output.flush = (done) => {
    if (!isRefused) flush(done);
  };
  output.flushSync = () => {
    // It would try for as long as it is refused.
    if (!isRefused) flushSync();
  };
  return output;
}
