import {
  collectDefaultMetrics,
  Counter,
  Gauge,
  Histogram,
  Registry,
} from 'prom-client';
import {
  CLASSES_SECONDS,
  type CounterName,
  type DurationName,
  FIGURES,
  type LabelsOf,
} from './figures';

/** Figures of this program since it started, as Prometheus reads them. */
export interface Metrics {
  /** Adds one to a counter. */
  add<Name extends CounterName>(name: Name, labels: LabelsOf<Name>): void;
  /** Notes how long something took. */
  observe<Name extends DurationName>(
    name: Name,
    labels: LabelsOf<Name>,
    seconds: number,
  ): void;
  /**
   * Asks for a figure whenever the figures are read; one that cannot be told is left out.
   */
  gauge(name: string, help: string, read: GaugeReader): void;
  /** Prometheus' text format, and its content type. */
  text(): Promise<string>;
  contentType: string;
}

/** One number, or several by their kind. */
export type GaugeReader = () => number | Promise<ReadonlyMap<string, number>>;

/** Figures of this process alone: those of several are added up by who reads them. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const counters = new Map(
    Object.entries(FIGURES.counters).map(([name, { help, labels }]) => [
      name,
      new Counter({ name, help, labelNames: labels, registers: [registry] }),
    ]),
  );
  const durations = new Map(
    Object.entries(FIGURES.durations).map(([name, { help, labels }]) => [
      name,
      new Histogram({
        ...{ name, help, labelNames: labels, registers: [registry] },
        buckets: [...CLASSES_SECONDS],
      }),
    ]),
  );
  return {
    add: (name, labels) => counters.get(name)?.inc(labels),
    observe: (name, labels, seconds) =>
      durations.get(name)?.observe(labels, seconds),
    gauge: (name, help, read) => {
      readWhenAsked(registry, { name, help }, read);
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

/** Does work, and notes how long it was waited for, whatever came of it. */
export async function waitedFor<T>(
  metrics: Pick<Metrics, 'observe'>,
  on: string,
  work: () => Promise<T>,
): Promise<T> {
  const began = performance.now();
  try {
    return await work();
  } finally {
    const seconds = (performance.now() - began) / 1000;
    metrics.observe('jigi_ussd_wait_seconds', { on }, seconds);
  }
}

function readWhenAsked(
  registry: Registry,
  figure: { name: string; help: string },
  read: GaugeReader,
): void {
  new Gauge({
    ...figure,
    labelNames: ['kind'],
    registers: [registry],
    async collect() {
      const told = read();
      if (typeof told === 'number') {
        this.set(told);
        return;
      }
      this.reset();
      // What cannot be told, as while the store is away, is left out: the other figures matter more then.
      const values = await told.catch(() => new Map<string, number>());
      for (const [kind, value] of values) this.set({ kind }, value);
    },
  });
}
