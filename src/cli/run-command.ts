import { CommanderError, type Command } from 'commander';
import { AppError } from '../runtime/errors';
import { usageSentence } from './usage-sentence';

/** The command line was refused, or the work failed on its way; 1 and 2 are said by commands of their work. */
const FAILED = 3;

/**
 * Runs a command line, telling in French what went wrong.
 * @returns the exit code: what the command set, 0 when it set none, 3 when it was refused or failed
 */
export async function runCommand(
  program: Command,
  words: readonly string[],
  complain: (line: string) => void,
): Promise<number> {
  try {
    await program.parseAsync(words, { from: 'user' });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError) return refused(error, complain);
    complain(error instanceof Error ? error.message : String(error));
    // What the administrator can mend says so; the rest needs its trace.
    if (!(error instanceof AppError) && error instanceof Error) {
      complain(error.stack ?? '');
    }
    return FAILED;
  }
}

function refused(
  error: CommanderError,
  complain: (line: string) => void,
): number {
  // Help that was asked for is no refusal; help for want of a command has been shown already.
  if (error.exitCode === 0) return 0;
  if (error.code !== 'commander.help') complain(usageSentence(error));
  return FAILED;
}
