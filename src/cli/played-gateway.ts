import { randomBytes } from 'node:crypto';

/** Which service is called, by which code, from which number. */
export interface PlayedCall {
  /** Origin of the service. */
  url: string;
  token: string;
  shortCode: string;
  msisdn: string;
}

/** What a step brought. */
export type Step =
  | { kind: 'screen'; text: string; end: boolean; ms: number }
  /** A network would show its own words here; `why` is for whoever tries, in French. */
  | { kind: 'fault'; why: string };

/** A call in progress, as Africa's Talking carries it. */
export interface Line {
  /** Sends what was typed now. */
  reply(typed: string): Promise<Step>;
  /** Tells the service that the call is over. Never throws: nobody waits for it. */
  tellEnd(status: 'Success' | 'Incomplete' | 'Failed'): Promise<void>;
}

/** Their own limit: an application that takes longer has lost its caller. */
const PATIENCE_MS = 10_000;
/** The network of their sandbox. */
const NETWORK = '99999';

/**
 * Plays Africa's Talking against a service: the same forms at the same doors.
 * @param tail what was dialled behind the short code, `1*2` of `*384*55*1*2#`
 */
export async function dial(
  call: PlayedCall,
  tail: string,
): Promise<{ line: Line; first: Step }> {
  const startedAt = performance.now();
  const fields = {
    sessionId: `ATUid_${randomBytes(16).toString('hex')}`,
    serviceCode: call.shortCode,
    phoneNumber: call.msisdn,
    networkCode: NETWORK,
  };
  const door = `${call.url}/webhooks/africastalking/${encodeURIComponent(call.token)}`;
  let path = tail;
  let hops = 0;

  const step = async (): Promise<Step> => {
    hops += 1;
    const sentAt = performance.now();
    const answer = await post(`${door}/ussd`, { ...fields, text: path });
    return typeof answer === 'string'
      ? { kind: 'fault', why: answer }
      : understood(answer, Math.round(performance.now() - sentAt));
  };
  const line: Line = {
    reply: (typed) => {
      // An empty reply to the first screen sends the bytes of the dial again: so do they.
      path = path === '' ? typed : `${path}*${typed}`;
      return step();
    },
    tellEnd: async (status) => {
      await post(`${door}/ussd-events`, {
        ...fields,
        date: new Date().toISOString().slice(0, 19).replace('T', ' '),
        status,
        cost: '0.00',
        durationInMillis: String(Math.round(performance.now() - startedAt)),
        hopsCount: String(hops),
        input: path,
        lastAppResponse: '',
      });
    },
  };
  return { line, first: await step() };
}

interface Answer {
  status: number;
  body: string;
}

/** The answer, or why there is none. */
async function post(
  url: string,
  fields: Readonly<Record<string, string>>,
): Promise<Answer | string> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams(fields),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return { status: response.status, body: await response.text() };
  } catch (error) {
    return error instanceof Error && error.name === 'TimeoutError'
      ? "Le service n'a pas répondu en dix secondes."
      : `Le service ne répond pas à ${new URL(url).origin}.`;
  }
}

function understood({ status, body }: Answer, ms: number): Step {
  if (status === 404) {
    const why = 'Le service ne connaît pas ce jeton: vérifiez --token.';
    return { kind: 'fault', why };
  }
  const word = body.slice(0, 4);
  if (status !== 200 || (word !== 'CON ' && word !== 'END ')) {
    const why = `Réponse ${status} sans CON ni END: une passerelle coupe ici.`;
    return { kind: 'fault', why };
  }
  return { kind: 'screen', text: body.slice(4), end: word === 'END ', ms };
}
