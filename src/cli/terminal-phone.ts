import { createInterface } from 'node:readline';

import { drawnScreen } from './drawn-screen';
import type { Step } from './played-gateway';
import type { TerminalCall } from './terminal-call';
import type { TerminalInbox } from './terminal-inbox';

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
  /** Its SMS; absent: it receives none. */
  inbox?: TerminalInbox;
}

type ShownStep = Extract<Step, { kind: 'screen' }>;

/** How often the inbox is looked into while nobody types, in milliseconds. */
const LOOK_EVERY_MS = 2_000;

const HELP =
  'Une réponse puis Entrée. r rappelle, c coupe la ligne, m montre les SMS, j fait passer un jour, q raccroche et quitte.';

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
      return;
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

  const { inbox } = dialling;
  const announce = async (): Promise<void> => {
    for (const sms of (await inbox?.news()) ?? []) print(sms);
  };
  const passDay = async (): Promise<void> => {
    if (inbox !== undefined) print(await inbox.nextDay());
  };
  const showInbox = async (): Promise<void> => {
    for (const sms of (await inbox?.all()) ?? []) print(sms);
  };

  if (isTerminal) print(`\n  ${HELP}\n`);
  await announce();
  await ring(dialling.code);
  lines.prompt();
  // An SMS comes when it comes, in the middle of a call too.
  const watching = isTerminal
    ? setInterval(() => void announce(), LOOK_EVERY_MS)
    : undefined;
  for await (const typed of typedLines) {
    if (typed === 'q') break;
    else if (typed === 'r') await ring(dialling.code);
    else if (typed === 'c') cut();
    else if (typed === 'm') await showInbox();
    else if (typed === 'j') await passDay();
    else if (/^\*[\d*]+#$/.test(typed)) await ring(typed);
    else await reply(typed);
    await announce();
    lines.prompt();
  }
  clearInterval(watching);
  lines.close();
  await call.hangUp();
  return exitCode;
}

function drawn({ text, end, ms }: ShownStep, title: string): string {
  const how = end ? ' · appel terminé' : '';
  return `${drawnScreen(text, title, `${ms} ms${how}`)}\n`;
}

function plain({ text, end }: ShownStep): string {
  return end ? `${text}\n\n(appel terminé)\n` : `${text}\n`;
}
