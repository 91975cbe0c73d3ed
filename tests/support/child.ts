import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** Another Node program of this package, written in TypeScript, that a test talks to line by line. */
export interface TestChild {
  pid: number;
  /** The next line that it prints. */
  line(): Promise<string>;
  /** Tells it to go on: a line on its standard input. */
  say(word: string): void;
  kill(signal: NodeJS.Signals): void;
  ended: Promise<unknown>;
}

/** Starts tests/support/programs/`name`.ts with the given words. */
export function startChild(name: string, words: string[]): TestChild {
  const root = path.join(__dirname, '../..');
  const child: ChildProcess = spawn(
    process.execPath,
    [
      '--require',
      path.join(__dirname, 'run-typescript.cjs'),
      path.join(__dirname, 'programs', `${name}.ts`),
      ...words,
    ],
    { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const lines: string[] = [];
  let wake: (() => void) | undefined;
  let rest = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
    wake?.();
  });
  const ended = once(child, 'exit').then(() => wake?.());
  return {
    pid: child.pid ?? 0,
    async line() {
      while (lines.length === 0) {
        if (child.exitCode !== null || child.signalCode !== null)
          throw new Error(`${name} ended without another line`);
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return lines.shift() ?? '';
    },
    say: (word) => void child.stdin?.write(`${word}\n`),
    kill: (signal) => void child.kill(signal),
    ended,
  };
}
