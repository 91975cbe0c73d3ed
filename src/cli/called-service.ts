import { AppError } from '../runtime/errors';

/** A service to call, and how to let go of it. */
export interface CalledService {
  url: string;
  stop(): Promise<void>;
}

/**
 * The service that was named; else the one that runs here; else one started for this program
 * alone.
 * @throws AppError when the service named does not answer
 */
export async function calledService(
  start: () => Promise<CalledService>,
  here: string,
  named: string | undefined,
): Promise<CalledService> {
  const url = (named ?? here).replace(/\/+$/, '');
  if (await isAnswering(url)) return { url, stop: () => Promise.resolve() };
  if (named === undefined) return start();
  throw new AppError(
    'unavailable',
    `Aucun service Jigi ne répond à ${named}. Démarrez-le avec npm start.`,
  );
}

async function isAnswering(url: string): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(2_000);
    const response = await fetch(`${url}/healthz`, { signal });
    return response.ok && (await response.text()).includes('"ok"');
  } catch {
    return false;
  }
}
