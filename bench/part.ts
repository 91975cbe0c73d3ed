/** What one measurement gave: the median of its rounds, and the lowest and highest of them. */
export interface Figure {
  /** Names the figure in `bounds.ts`. */
  name: string;
  value: number;
  lowest?: number;
  highest?: number;
}

/** How a run is asked for. */
export interface BenchOptions {
  /** Small and short, to see that everything runs; its figures mean nothing. */
  quick: boolean;
  /** Where the filled store is kept for the next time; thrown away when absent. */
  storeFolder?: string | undefined;
  /** Tells what is going on. */
  say: (line: string) => void;
}

/** One part of the bench: everything it compares, it measures interleaved in one run. */
export type Part = (options: BenchOptions) => Promise<Figure[]>;
