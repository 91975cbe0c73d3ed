/** Prints what an experiment saw: the figures that docs/experiments.md quotes. */
export function tell(experiment: string, seen: object): void {
  process.stdout.write(`${experiment}: ${JSON.stringify(seen)}\n`);
}
