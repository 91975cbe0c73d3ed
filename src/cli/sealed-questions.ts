import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { AppError } from '../runtime/errors';

/** Asks whoever sits at the terminal, or reads the answers line by line from a pipe. */
export interface Questions {
  ask(question: string): Promise<string>;
  /** As `ask`; what is typed does not show. */
  askSecret(question: string): Promise<string>;
  close(): void;
}

type Input = NodeJS.ReadableStream & { isTTY?: boolean };

/** What is typed at a terminal shows only while `isShown`; a pipe shows nothing. */
interface Typing {
  isShown: boolean;
  next(): Promise<string | undefined>;
  close(): void;
}

function readTyping(input: Input, say: (text: string) => void): Typing {
  const output = new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (typing.isShown) say(chunk.toString('utf8'));
      done();
    },
  });
  const terminal = input.isTTY === true;
  const lines = createInterface(
    terminal ? { input, output, terminal, historySize: 0 } : { input },
  );
  const answers: AsyncIterator<string, undefined> =
    lines[Symbol.asyncIterator]();
  // Without a listener, readline would only pause at Ctrl+C, and the question stay open.
  lines.on('SIGINT', () => {
    lines.close();
  });
  const typing: Typing = {
    // What is typed ahead of its question may be a secret.
    isShown: false,
    next: async () => (await answers.next()).value,
    close: () => {
      lines.close();
    },
  };
  return typing;
}

/** Puts questions to a terminal or a pipe; a secret is never a word of the command line, which others can list. */
export function openQuestions(
  input: Input = process.stdin,
  say: (text: string) => void = (text) => void process.stderr.write(text),
): Questions {
  const typing = readTyping(input, say);
  const askSecret = async (question: string): Promise<string> => {
    say(question);
    const answer = await typing.next();
    if (!typing.isShown) say('\n');
    if (answer === undefined) {
      throw new AppError('invalid', "Interrompu: rien n'a été changé.");
    }
    return answer;
  };
  return {
    async ask(question) {
      typing.isShown = input.isTTY === true;
      try {
        return (await askSecret(question)).trim();
      } finally {
        typing.isShown = false;
      }
    },
    askSecret,
    close: () => {
      typing.close();
    },
  };
}
