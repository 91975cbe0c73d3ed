/** What kind of failure this is; the HTTP status is decided from it in one place. */
export type FailureKind =
  'invalid' | 'forbidden' | 'notFound' | 'conflict' | 'unavailable' | 'bug';

/** An outcome that the code at hand cannot handle, with a message for whoever reads the log. */
export class AppError extends Error {
  readonly kind: FailureKind;

  constructor(kind: FailureKind, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'AppError';
    this.kind = kind;
  }
}

/** Makes a forgotten case of a union a compile error. */
export function assertNever(value: never): never {
  throw new AppError('bug', `unexpected value: ${JSON.stringify(value)}`);
}
