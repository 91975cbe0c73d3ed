import { dial, type Line, type PlayedCall, type Step } from './played-gateway';

/** One phone's calls, one after the other, each begun and ended as a network does. */
export interface TerminalCall {
  isOpen(): boolean;
  /** Hangs up what is open, then dials. */
  ring(code: string): Promise<Step>;
  reply(typed: string): Promise<Step>;
  /** The line drops and nobody tells the service. */
  cut(): void;
  hangUp(): Promise<void>;
}

/** A phone that is not calling yet. */
export function terminalCall(call: PlayedCall): TerminalCall {
  let line: Line | undefined;

  const taken = async (step: Step): Promise<Step> => {
    if (step.kind === 'screen' && !step.end) return step;
    const ended = line;
    line = undefined;
    await ended?.tellEnd(step.kind === 'fault' ? 'Failed' : 'Success');
    return step;
  };
  const hangUp = async (): Promise<void> => {
    const open = line;
    line = undefined;
    await open?.tellEnd('Incomplete');
  };

  return {
    isOpen: () => line !== undefined,
    async ring(code) {
      await hangUp();
      const tail = tailOf(code, call.shortCode);
      if (tail === undefined) {
        return { kind: 'fault', why: `${code} n'est pas le code de Jigi.` };
      }
      const answered = await dial(call, tail);
      line = answered.line;
      return taken(answered.first);
    },
    async reply(typed) {
      if (line === undefined) return { kind: 'fault', why: 'Appel terminé.' };
      return taken(await line.reply(typed));
    },
    cut() {
      line = undefined;
    },
    hangUp,
  };
}

/** `1` of `*384*55*1#`; undefined for a code that is not ours. */
function tailOf(code: string, shortCode: string): string | undefined {
  if (code === shortCode) return '';
  const ours = `${shortCode.slice(0, -1)}*`;
  return code.startsWith(ours) && code.endsWith('#')
    ? code.slice(ours.length, -1)
    : undefined;
}
