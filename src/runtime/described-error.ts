import { types } from 'node:util';
import { AppError } from './errors';

/** What a log may say of an error: its kind and place, never the values it was about. */
export interface DescribedError {
  type: string;
  kind?: string;
  code?: string;
  message?: string;
  constraint?: string;
  frames?: string[];
  cause?: DescribedError;
}

const DEEPEST_CAUSE = 4;
const MOST_FRAMES = 8;

/**
 * Describes an error for the log. Messages are kept only where this service or the JavaScript engine wrote them:
 * those of PostgreSQL, Prisma and JSON.parse quote rows, parameters and input.
 */
export function describeError(error: unknown, depth = 0): DescribedError {
  // Not `instanceof`: an error may come from another realm, as Node's own do in tests.
  if (!types.isNativeError(error)) return { type: typeof error };
  const frames = depth === 0 ? framesOf(error) : [];
  return {
    type: error.name,
    ...(error instanceof AppError && { kind: error.kind }),
    ...wordOf(error, 'code'),
    ...wordOf(error, 'constraint'),
    ...(isOurWording(error) && { message: error.message }),
    ...(frames.length > 0 && { frames }),
    ...(error.cause !== undefined &&
      depth < DEEPEST_CAUSE && {
        cause: describeError(error.cause, depth + 1),
      }),
  };
}

const ENGINE_ERRORS = new Set(['TypeError', 'RangeError', 'ReferenceError']);

function isOurWording(error: Error): boolean {
  return error instanceof AppError || ENGINE_ERRORS.has(error.name);
}

/** PostgreSQL, Prisma and Node put short codes here. */
function wordOf(
  error: Error,
  name: 'code' | 'constraint',
): Partial<Record<'code' | 'constraint', string>> {
  // Reading an unknown error by name: what is found is checked before use.
  const word: unknown = (error as unknown as Record<string, unknown>)[name];
  return typeof word === 'string' && /^\w{1,80}$/.test(word)
    ? { [name]: word }
    : {};
}

function framesOf(error: Error): string[] {
  return (error.stack ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at '))
    .slice(0, MOST_FRAMES);
}
