import type { Bound } from './bounds';
import type { Figure } from './part';

/** The middle of some values; the mean of both middles when their number is even. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1
    ? upper
    : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

/** The value below which this share of all values lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  const at = Math.min(sorted.length - 1, Math.floor(sorted.length * share));
  return sorted[at] ?? Number.NaN;
}

/** One figure from its value in each round. */
export function figureOf(name: string, rounds: readonly number[]): Figure {
  return {
    name,
    value: median(rounds),
    lowest: Math.min(...rounds),
    highest: Math.max(...rounds),
  };
}

/** Whether a figure keeps its bound; one without a bound always does. */
export function keeps(figure: Figure, bound: Bound | undefined): boolean {
  return (
    Number.isFinite(figure.value) &&
    figure.value >= (bound?.least ?? Number.NEGATIVE_INFINITY) &&
    figure.value <= (bound?.most ?? Number.POSITIVE_INFINITY)
  );
}

/** One line of the report. */
export function reportLine(figure: Figure, bound: Bound | undefined): string {
  const unit = bound?.unit ?? '';
  const spread =
    figure.lowest === undefined || figure.highest === undefined
      ? ''
      : ` (${short(figure.lowest)} to ${short(figure.highest)})`;
  return [
    keeps(figure, bound) ? 'ok  ' : 'MISS',
    (bound?.title ?? figure.name).padEnd(64),
    `${short(figure.value)} ${unit}${spread}`.padEnd(26),
    wanted(bound),
  ]
    .join(' ')
    .trimEnd();
}

function wanted(bound: Bound | undefined): string {
  const { least, most, aim } = bound ?? {};
  return [
    least === undefined ? '' : `at least ${least}`,
    most === undefined ? '' : `at most ${most}`,
    aim === undefined ? '' : `aim ${aim}`,
  ]
    .filter((word) => word !== '')
    .join(', ');
}

function short(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(2);
}
