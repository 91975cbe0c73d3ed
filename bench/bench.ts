import { parseArgs } from 'node:util';
import { bounds } from './bounds';
import { run as campaign } from './campaign';
import { run as cards } from './cards';
import { run as consolePages } from './console';
import { keeps, reportLine } from './figures';
import { run as importing } from './import';
import type { Part } from './part';
import { run as sms } from './sms';
import { run as ussd } from './ussd';

const parts: Readonly<Record<string, Part>> = {
  ussd,
  import: importing,
  cards,
  console: consolePages,
  sms,
  campaign,
};

/** Runs the parts that are named, or all. @returns the exit code: 1 when a bound is missed */
export async function bench(words: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      store: { type: 'string' },
    },
  });
  const unknown = positionals.filter((name) => parts[name] === undefined);
  if (unknown.length > 0) {
    say(`Unknown part: ${unknown.join(', ')}. There are: ${list(parts)}.`);
    return 1;
  }
  let missed = false;
  for (const [name, part] of Object.entries(parts)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    const began = performance.now();
    say(
      `\n== ${name}${values.quick ? ' (quick: its figures mean nothing)' : ''}`,
    );
    const figures = await part({
      quick: values.quick,
      storeFolder: values.store,
      say,
    });
    for (const figure of figures) {
      const bound = bounds[figure.name];
      say(reportLine(figure, bound));
      missed ||= !keeps(figure, bound);
    }
    say(`${name}: ${((performance.now() - began) / 1000).toFixed(0)} s`);
  }
  return missed && !values.quick ? 1 : 0;
}

function list(all: Readonly<Record<string, unknown>>): string {
  return Object.keys(all).join(', ');
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
