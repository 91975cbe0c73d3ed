/** A whole number as people read it, never broken: `12 345`. */
export function grouped(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(?:\d{3})+$)/g, '\u00a0');
}
