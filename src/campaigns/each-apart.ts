/**
 * Does work for each of some, one after the other, whatever becomes of those before.
 * @throws Error the first one, after all were tried
 */
export async function eachApart<T>(
  all: readonly T[],
  work: (one: T) => Promise<void>,
): Promise<void> {
  const errors: unknown[] = [];
  for (const one of all)
    await work(one).catch((error: unknown) => errors.push(error));
  if (errors.length > 0) throw errors[0];
}
