/** How long work may take, and what ends it earlier. */
export interface Span {
  ms: number;
  stop: AbortSignal;
}

/** Gives work so long; what does not end by then is told to stop, and waited for no more. @throws Error then */
export async function within<T>(
  { ms, stop }: Span,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const over = new AbortController();
  const end = (): void => {
    over.abort();
  };
  const timer = setTimeout(end, ms);
  stop.addEventListener('abort', end, { once: true });
  if (stop.aborted) end();
  const ended = new Promise<never>((_resolve, reject) => {
    // What the work says of having been stopped comes first, if it says anything at once.
    over.signal.addEventListener('abort', () => {
      setImmediate(() => {
        reject(new Error('given up'));
      });
    });
  });
  try {
    return await Promise.race([work(over.signal), ended]);
  } finally {
    clearTimeout(timer);
    stop.removeEventListener('abort', end);
  }
}
