/**
 * SQL of the days on which a wave pays: the ones it was moved to, where both are known, whatever its status is by then;
 * src/payments/window.ts reads them alike. A wave that is put off to no known day still has its first ones here.
 * @param wave the name under which a statement has the table
 */
export function waveWindowSql(wave: string): { from: string; to: string } {
  const day = (end: 'start' | 'end'): string =>
    `case when ${isMovedSql(wave)} then ${wave}.new_window_${end} else ${wave}.window_${end} end`;
  return { from: `(${day('start')})`, to: `(${day('end')})` };
}

/** SQL condition of a wave whose new days are known. */
export function isMovedSql(wave: string): string {
  return `num_nulls(${wave}.new_window_start, ${wave}.new_window_end) = 0`;
}
