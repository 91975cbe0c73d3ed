import type { GatewayAnswer } from './gateway-line';
import type { Villager } from './village';

/** One step as a phone saw it. */
export interface SeenStep {
  msisdn: string;
  sessionId: string;
  path: string;
  status: number;
  body: string;
  tookMs: number;
}

/** One thing to type, and what must be read then. */
export interface Step {
  type: string;
  reads: RegExp;
}

/** A call from one phone. */
export interface CountedCall {
  readonly sessionId: string;
  readonly path: string;
  /** Calls the short code. */
  dial(): Promise<string>;
  type(reply: string): Promise<string>;
  /** Sends a whole path as it stands. */
  send(path: string): Promise<string>;
}

/** Phones before a gateway, and everything that each of them was shown. */
export interface CountedPhones {
  readonly seen: readonly SeenStep[];
  call(msisdn: string): CountedCall;
  /** The references that a phone was told. */
  referencesOf(msisdn: string): string[];
  /** The longest that any step took, in milliseconds. */
  longestMs(): number;
}

type Post = (form: Readonly<Record<string, string>>) => Promise<GatewayAnswer>;

let calls = 0;

/** Counts what phones see on a line. */
export function countedPhones(post: Post): CountedPhones {
  const seen: SeenStep[] = [];
  const send = async (
    msisdn: string,
    sessionId: string,
    path: string,
  ): Promise<string> => {
    const began = performance.now();
    const { status, body } = await post({
      ...{ sessionId, text: path, phoneNumber: msisdn },
      ...{ serviceCode: '*384*55#', networkCode: '61002' },
    });
    const tookMs = performance.now() - began;
    seen.push({ msisdn, sessionId, path, status, body, tookMs });
    return body;
  };
  return {
    seen,
    call(msisdn) {
      calls += 1;
      const sessionId = `ATUid_${process.pid}_${calls}`;
      let path = '';
      return {
        sessionId,
        get path() {
          return path;
        },
        dial: () => send(msisdn, sessionId, (path = '')),
        type: (reply) =>
          send(
            msisdn,
            sessionId,
            (path = path === '' ? reply : `${path}*${reply}`),
          ),
        send: (whole) => send(msisdn, sessionId, whole),
      };
    },
    referencesOf: (msisdn) => [
      ...new Set(
        seen
          .filter((step) => step.msisdn === msisdn)
          .flatMap(({ body }) => referencesIn(body)),
      ),
    ],
    longestMs: () => Math.max(0, ...seen.map(({ tookMs }) => tookMs)),
  };
}

/** References are told as four pairs of digits; so are numbers to call, after their prefix. */
export function referencesIn(body: string): string[] {
  return Array.from(
    body.matchAll(/(?<!\+223 )\b\d\d \d\d \d\d \d\d\b/g),
    ([found]) => found.replaceAll(' ', ''),
  );
}

/** The payment, and then a request about a lost card: six screens with an effect at their end. */
export function wholeCall({ digits, amount }: Villager): Step[] {
  return [
    { type: '', reads: /^CON [^]*1 Mon paiement/ },
    { type: '1', reads: /^CON [^]*4 derniers chiffres/ },
    { type: digits, reads: new RegExp(`^CON [^]*\\n${amount}`) },
    { type: '00', reads: /^CON [^]*1 Mon paiement/ },
    { type: '3', reads: /^CON / },
    { type: '2', reads: /^CON / },
    { type: '1', reads: /^CON / },
    { type: '3', reads: /Demande enregistrée/ },
  ];
}

/** Whether a screen is the courteous end of a service that cannot answer now. */
export function saysTryLater(body: string): boolean {
  return body.startsWith('END ') && /Réessayez/.test(body);
}
