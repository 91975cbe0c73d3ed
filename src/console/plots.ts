/** A column of a plot; without a value it is one that may not be shown. */
export interface PlotPoint {
  /** Short, below the column. */
  label: string;
  /** What is read when the pointer rests there. */
  title: string;
  value: number | undefined;
}

const width = 640;
const height = 220;
const base = height - 28;
const top = 22;

/**
 * Columns as SVG, drawn on the server and readable without script or style within it; the same numbers stand in the
 * table beside it, so that it is hidden from screen readers.
 */
export function columnPlot(points: readonly PlotPoint[]): string {
  const largest = Math.max(1, ...points.map(({ value = 0 }) => value));
  const step = width / Math.max(points.length, 3);
  const bar = Math.min(step * 0.62, 56);
  const drawn = points.map(({ label, title, value }, at) => {
    const middle = step * (at + 0.5);
    const size = value === undefined ? 10 : ((base - top) * value) / largest;
    const kind = value === undefined ? 'plot-hidden' : 'plot-bar';
    return `<g><title>${escaped(title)}</title>
<rect class="${kind}" x="${tidy(middle - bar / 2)}" y="${tidy(base - size)}" width="${tidy(bar)}" height="${tidy(size)}" rx="3"/>
<text class="plot-value" x="${tidy(middle)}" y="${tidy(base - size - 6)}">${value === undefined ? '?' : value.toLocaleString('fr-FR')}</text>
<text class="plot-label" x="${tidy(middle)}" y="${height - 8}">${escaped(label)}</text></g>`;
  });
  return frame(drawn.join('\n'));
}

/** A line of percents from 0 to 100; it breaks where a value may not be shown. */
export function linePlot(points: readonly PlotPoint[]): string {
  const step = width / Math.max(points.length, 3);
  const heightOf = (value: number): number =>
    base - ((base - top) * value) / 100;
  const x = (at: number): string => tidy(step * (at + 0.5));
  const rules = [0, 50, 100].map(
    (value) =>
      `<line class="plot-rule" x1="0" x2="${width}" y1="${tidy(heightOf(value))}" y2="${tidy(heightOf(value))}"/>`,
  );
  const line = points
    .map(({ value }, at) =>
      value === undefined
        ? ''
        : `${points[at - 1]?.value === undefined ? 'M' : 'L'}${x(at)} ${tidy(heightOf(value))}`,
    )
    .join('');
  const dots = points.map(({ label, title, value }, at) => {
    const dot =
      value === undefined
        ? ''
        : `<circle class="plot-dot" cx="${x(at)}" cy="${tidy(heightOf(value))}" r="5"/>
<text class="plot-value" x="${x(at)}" y="${tidy(heightOf(value) - 10)}">${Math.round(value)} %</text>`;
    return `<g><title>${escaped(title)}</title>${dot}
<text class="plot-label" x="${x(at)}" y="${height - 8}">${escaped(label)}</text></g>`;
  });
  return frame(
    [...rules, `<path class="plot-line" d="${line}"/>`, ...dots].join('\n'),
  );
}

function frame(drawn: string): string {
  return `<svg class="plot" viewBox="0 0 ${width} ${height}" aria-hidden="true" focusable="false">
<line class="plot-rule" x1="0" x2="${width}" y1="${base}" y2="${base}"/>
${drawn}
</svg>`;
}

function tidy(number: number): string {
  return String(Math.round(number * 10) / 10);
}

const ENTITIES: Readonly<Record<string, string>> = {
  ...{ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' },
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
}
