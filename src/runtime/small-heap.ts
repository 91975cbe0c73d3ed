import { setFlagsFromString } from 'node:v8';

/**
 * How much the old generation may grow between two collections, in percent of what was alive at the last one. V8 lets it
 * grow to several times as much while a process is busy, and such a process keeps what it once took.
 */
const growingPercent = 50;

/** From now on the heap is collected sooner and stays smaller; what is alive may be as much as ever. */
export function keepHeapSmall(): void {
  setFlagsFromString(`--heap-growing-percent=${growingPercent}`);
}
