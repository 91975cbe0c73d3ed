import { wrapped } from './drawn-screen';

/** The SMS of one phone of a demo, and its day, as the simulator's page has them. */
export interface TerminalInbox {
  /** SMS that came since this was last asked, and since the phone was taken up. */
  news(): Promise<string[]>;
  /** All of them, the newest last; or why they cannot be told. */
  all(): Promise<string[]>;
  /** Lets a day pass. @returns what to tell of it */
  nextDay(): Promise<string>;
}

interface Sms {
  text: string;
  at: string;
}

const COLUMNS = 44;
const NO_DEMO =
  "(ce service n'a pas de boîte SMS d'essai: il n'est pas en démonstration)";

/** Reads the inbox of a running demo; a service that is none has an empty one. */
export function terminalInbox(url: string, msisdn: string): TerminalInbox {
  let seen: number | undefined;
  const read = async (): Promise<readonly Sms[] | undefined> => {
    const phone = encodeURIComponent(msisdn);
    const told = await asked(`${url}/simulator/inbox?phone=${phone}`);
    // The page's own answer: src/simulator/sms-pages.ts writes it.
    return told === undefined
      ? undefined
      : (told as { messages: Sms[] }).messages;
  };
  return {
    async news() {
      const messages = (await read()) ?? [];
      const fresh = seen === undefined ? [] : messages.slice(seen);
      seen = messages.length;
      return fresh.map(drawn);
    },
    async all() {
      const messages = await read();
      if (messages === undefined) return [NO_DEMO];
      seen = messages.length;
      return messages.length === 0 ? ['(aucun SMS)'] : messages.map(drawn);
    },
    async nextDay() {
      const demo = await asked(`${url}/simulator/demo`);
      if (demo === undefined) return NO_DEMO;
      // Written by src/simulator/simulator-pages.ts.
      const { clock } = demo as { clock: { offsetDays: number } };
      const moved = await asked(`${url}/simulator/clock`, {
        offsetDays: clock.offsetDays + 1,
      });
      // As above.
      const day = (moved as { today: string } | undefined)?.today;
      return day === undefined
        ? "(l'horloge n'a pas bougé)"
        : `(le service pense être le ${day})`;
    },
  };
}

async function asked(url: string, body?: object): Promise<unknown> {
  try {
    const response = await fetch(url, {
      signal: AbortSignal.timeout(60_000),
      ...(body && {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}

function drawn({ text, at }: Sms): string {
  const when = `${at.slice(8, 10)}/${at.slice(5, 7)} ${at.slice(11, 16)}`;
  return [
    `  ✉ ${when}`,
    ...wrapped(text, COLUMNS).map((row) => `    ${row}`),
  ].join('\n');
}
