/** A number as people read it, to a tenth: `2,7`. */
export function tenths(value: number): string {
  return String(Math.round(value * 10) / 10).replace('.', ',');
}

/** A whole number as people read it, never broken: `12 345`. */
export function grouped(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(?:\d{3})+$)/g, '\u00a0');
}
