/** Facts by which a figure is told apart: words of closed lists, never a number or a name of anybody. */
export type Labels = Readonly<Record<string, string>>;

/** Figures of this program since it started, as Prometheus reads them. */
export interface Metrics {
  /** Adds to a counter; its name ends in `_total`. */
  add(name: string, labels: Labels, amount?: number): void;
  /** Asks for a figure whenever the figures are read. */
  gauge(name: string, read: () => number): void;
  /** Prometheus' text format 0.0.4, one line a figure. */
  text(): string;
}

/** Figures of this process alone: those of several are added up by who reads them. */
export function createMetrics(): Metrics {
  const counters = new Map<string, Map<string, number>>();
  const gauges = new Map<string, () => number>(PROCESS);
  return {
    add(name, labels, amount = 1) {
      const series = counters.get(name) ?? new Map<string, number>();
      counters.set(name, series);
      const key = written(labels);
      series.set(key, (series.get(key) ?? 0) + amount);
    },
    gauge: (name, read) => void gauges.set(name, read),
    text: () =>
      [
        ...Array.from(counters, ([name, series]) => [
          `# TYPE ${name} counter`,
          ...Array.from(series, ([labels, sum]) => `${name}${labels} ${sum}`),
        ]),
        ...Array.from(gauges, ([name, read]) => [
          `# TYPE ${name} gauge`,
          `${name} ${read()}`,
        ]),
      ]
        .flat()
        .map((line) => `${line}\n`)
        .join(''),
  };
}

/** Prometheus' usual names for a process. */
const PROCESS: readonly (readonly [string, () => number])[] = [
  ['process_resident_memory_bytes', () => process.memoryUsage.rss()],
  ['nodejs_heap_size_used_bytes', () => process.memoryUsage().heapUsed],
  [
    'process_start_time_seconds',
    () => Math.round(performance.timeOrigin) / 1000,
  ],
];

function written(labels: Labels): string {
  const pairs = Object.entries(labels).map(
    ([name, value]) => `${name}="${escaped(value)}"`,
  );
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function escaped(value: string): string {
  return value
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n');
}
