import path from 'node:path';

/**
 * The first of `a.csv`, `a.2.csv`, `a.3.csv`… that is free.
 * @param isFree whether nothing has that name yet
 */
export function freeName(
  name: string,
  isFree: (candidate: string) => boolean,
): string {
  const { name: stem, ext } = path.parse(name);
  let candidate = name;
  for (let number = 2; !isFree(candidate); number += 1) {
    candidate = `${stem}.${number}${ext}`;
  }
  return candidate;
}
