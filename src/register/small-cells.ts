/** A count under this may let somebody be recognised, and is not shown. Zero tells of nobody. */
export const leastCount = 5;

/** Whether a count may not be shown for itself. */
export function isSmall(count: number): boolean {
  return count > 0 && count < leastCount;
}

/** A count of a table, with what else a reader may come to know beside it. */
export interface Counted {
  count: number;
  /**
   * What is left of each larger group that is shown elsewhere: for a page of women in Kayes, men and those of unknown
   * sex in Kayes, and women elsewhere. Were one of them small, subtraction would tell it.
   */
  rest: readonly number[];
}

/** A part of a whole, such as those answered of those received. */
export interface Share {
  part: Counted;
  whole: Counted;
}

/** Whether a count may be shown if nothing beside it tells more. */
export function mayTell({ count, rest }: Counted): boolean {
  return !isSmall(count) && !rest.some(isSmall);
}

/** Whether a share may be shown: the whole is not small, and neither what is in the part nor what is not. */
export function mayTellShare({ part, whole }: Share): boolean {
  return (
    whole.count >= leastCount &&
    mayTell(whole) &&
    mayTell(part) &&
    !isSmall(whole.count - part.count) &&
    !whole.rest.some((count, at) => isSmall(count - (part.rest[at] ?? 0)))
  );
}

/**
 * Which counts of a column are shown. Where exactly one is hidden, the total less the others would tell it: the
 * smallest of the others is hidden with it.
 * @param cells the parts of one whole whose total is shown too
 */
export function shownCells(cells: readonly Counted[]): boolean[] {
  return withOneMore(
    cells.map(mayTell),
    cells.map(({ count }) => count),
  );
}

/** As `shownCells`, for a column of shares. */
export function shownShares(shares: readonly Share[]): boolean[] {
  const isNothing = shares.map(({ whole }) => whole.count === 0);
  return withOneMore(
    shares.map((share, at) => isNothing[at] === true || mayTellShare(share)),
    shares.map(({ whole }) => whole.count),
  );
}

function withOneMore(
  shown: readonly boolean[],
  sizes: readonly number[],
): boolean[] {
  const next = [...shown];
  if (shown.filter((isShown) => !isShown).length !== 1) return next;
  const size = (at: number): number => sizes[at] ?? 0;
  const [smallest] = shown
    .flatMap((isShown, at) => (isShown ? [at] : []))
    // Nothing hides nothing: zeros come last.
    .sort(
      (a, b) =>
        Number(size(a) === 0) - Number(size(b) === 0) || size(a) - size(b),
    );
  if (smallest !== undefined) next[smallest] = false;
  return next;
}
