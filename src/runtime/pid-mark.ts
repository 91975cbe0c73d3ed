import { runningProgram } from './running-program';

/** A pid with the start of its program, as one word to keep in a file. */
export function ownMark(): string {
  return `${process.pid} ${runningProgram(process.pid)?.startedAt ?? ''}`;
}

/** Says whether the program that wrote a mark still runs; a reused pid does not count. */
export function isMarkAlive(mark: string): boolean {
  const space = mark.indexOf(' ');
  const pid = Number(space < 0 ? mark : mark.slice(0, space));
  const startedAt = space < 0 ? '' : mark.slice(space + 1);
  return runningProgram(pid)?.startedAt === startedAt;
}
