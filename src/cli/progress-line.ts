/** Shows how far a long work is: a bar on a terminal, otherwise a line every five seconds. */
export interface ProgressLine {
  show(label: string, done: number, whole: number, rows: number): void;
  /** Ends the bar, so that the next line begins on its own. */
  end(): void;
}

const LINE_EVERY_MS = 5000;
const BAR_EVERY_MS = 200;
const WIDTH = 30;

/** Progress on a stream, as a rule stderr. */
export function progressLine(
  stream: { isTTY?: boolean; write(text: string): unknown },
  nowMs: () => number = Date.now,
): ProgressLine {
  const isTerminal = stream.isTTY === true;
  const everyMs = isTerminal ? BAR_EVERY_MS : LINE_EVERY_MS;
  let shownAt = nowMs();
  let isOpen = false;
  return {
    show(label, done, whole, rows) {
      if (nowMs() - shownAt < everyMs) return;
      shownAt = nowMs();
      const part = whole === 0 ? 1 : Math.min(1, done / whole);
      const percent = `${String(Math.floor(part * 100)).padStart(3)} %`;
      const told = `${label} ${percent} ${rows} lignes`;
      if (!isTerminal) {
        stream.write(`${told}\n`);
        return;
      }
      const full = '#'.repeat(Math.floor(part * WIDTH));
      stream.write(`\r[${full.padEnd(WIDTH, '.')}] ${told}`);
      isOpen = true;
    },
    end() {
      if (isOpen) stream.write('\n');
      isOpen = false;
    },
  };
}
