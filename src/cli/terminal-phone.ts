import { createInterface } from 'node:readline';

import { drawnScreen } from './drawn-screen';
import type { Step } from './played-gateway';
import type { TerminalCall } from './terminal-call';

/** The terminal, or what stands for it in a script. */
export interface Terminal {
  input: NodeJS.ReadableStream;
  output: NodeJS.WritableStream;
  /** What is wrong, apart from the screens. */
  complain: (line: string) => void;
  /** Draws the phone and asks; otherwise screens come plain and one reply is read a line. */
  isTerminal: boolean;
  /** Ends the phone from outside. */
  signal?: AbortSignal;
}

/** What the phone dials, and what it answers by itself. */
export interface Dialling {
  code: string;
  /** The number that calls, as it stands above the screen. */
  title: string;
  /** The reply to a first screen that needs no asking, such as the choice of a language. */
  ownReply: (screen: string) => string | undefined;
}

/** What a network shows when it could not carry a call. */
const NO_NETWORK = 'Problème de connexion ou code IHM non valide.';

const HELP =
  'Une réponse puis Entrée. r rappelle, c coupe la ligne, q raccroche et quitte.';

/**
 * A feature phone in the terminal: dials, then sends a line at a time until there are no more.
 * @returns the exit code: 1 when a call failed or a reply found no call
 */
export async function useTerminalPhone(
  terminal: Terminal,
  call: TerminalCall,
  dialling: Dialling,
): Promise<0 | 1> {
  const { input, output, isTerminal, complain } = terminal;
  const lines = createInterface({
    input,
    ...(isTerminal ? { output, prompt: '  > ' } : {}),
    ...(terminal.signal ? { signal: terminal.signal } : {}),
  });
  lines.on('SIGINT', () => lines.close());
  // Lines are gathered from here on: those that come while the first screen is fetched count too.
  const typedLines = lines[Symbol.asyncIterator]();
  const print = (text: string) => output.write(`${text}\n`);
  let exitCode: 0 | 1 = 0;

  const show = (step: Step): void => {
    if (step.kind === 'fault') {
      exitCode = 1;
      complain(step.why);
    }
    print(isTerminal ? drawn(step, dialling.title) : plain(step));
  };
  const ring = async (code: string): Promise<void> => {
    const first = await call.ring(code);
    show(first);
    const own =
      first.kind === 'screen' ? dialling.ownReply(first.text) : undefined;
    if (own === undefined) return;
    print(isTerminal ? `  > ${own}` : `> ${own}\n`);
    show(await call.reply(own));
  };
  const reply = async (typed: string): Promise<void> => {
    if (!call.isOpen()) {
      if (!isTerminal) exitCode = 1;
      complain(`Appel terminé: « ${typed} » n'est parti nulle part.`);
      return;
    }
    if (!isTerminal) print(`> ${typed}\n`);
    show(await call.reply(typed));
  };
  const cut = (): void => {
    call.cut();
    print("(ligne coupée, le service n'en sait rien)\n");
  };

  if (isTerminal) print(`\n  ${HELP}\n`);
  await ring(dialling.code);
  lines.prompt();
  for await (const typed of typedLines) {
    if (typed === 'q') break;
    else if (typed === 'r') await ring(dialling.code);
    else if (typed === 'c') cut();
    else if (/^\*[\d*]+#$/.test(typed)) await ring(typed);
    else await reply(typed);
    lines.prompt();
  }
  lines.close();
  await call.hangUp();
  return exitCode;
}

function drawn(step: Step, title: string): string {
  if (step.kind === 'fault') return `${drawnScreen(NO_NETWORK, title, '')}\n`;
  const how = step.end ? ' · appel terminé' : '';
  return `${drawnScreen(step.text, title, `${step.ms} ms${how}`)}\n`;
}

function plain(step: Step): string {
  if (step.kind === 'fault') return `${NO_NETWORK}\n`;
  return step.end ? `${step.text}\n\n(appel terminé)\n` : `${step.text}\n`;
}
