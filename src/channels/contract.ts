/** One reply of a caller, whatever the gateway's dialect. */
export interface UssdTurn {
  gateway: string;
  /** The gateway's id of the call. Untrusted, and not a secret. */
  sessionId: string;
  /** The caller's number as the gateway wrote it; E.164 with `+` once read. */
  msisdn: string;
  serviceCode: string;
  input:
    /** The whole path typed so far, joined by `*`; empty at the dial. */
    | { mode: 'cumulative'; path: string }
    /** Only what was typed now; `start` is the dial. `sequence` tells a repeated step from a new one. */
    | {
        mode: 'incremental';
        start: boolean;
        reply: string;
        sequence?: string;
      };
  /** What the gateway wants to see again in the answer (incremental dialects). */
  echo?: Readonly<Record<string, string>>;
}

/** What the caller sees. */
export interface UssdScreen {
  text: string;
  /** The call ends with it. */
  end: boolean;
}

/** A whole HTTP answer to a gateway. */
export interface RawReply {
  status: number;
  contentType: string;
  body: string;
}

/** How a call ended, as some gateways tell afterwards. */
export interface UssdEnd {
  sessionId: string;
  status: 'success' | 'incomplete' | 'failed' | 'unknown';
  durationMs?: number;
  hops?: number;
}

/** Either what was read, or why it could not be. */
export type Read<T> =
  | { kind: 'read'; value: T }
  /** `answerable` when the caller can still be shown a polite end. */
  | { kind: 'unreadable'; reason: string; answerable: boolean };

/** A request body as it came, read up to the limit of the webhook. */
export interface RawBody {
  contentType: string;
  text: string;
}

/** The USSD half of a gateway: plain translation, no database, no retry, no business. */
export interface UssdGateway {
  readonly name: string;
  /** What one page may hold and in which letters. */
  readonly page: { septets: number; alphabet: 'gsm7' | 'ascii' };
  readTurn(body: RawBody): Read<UssdTurn>;
  /** `turn` is absent when the request could not be read. */
  writeScreen(screen: UssdScreen, turn?: UssdTurn): RawReply;
  readEnd?(body: RawBody): Read<UssdEnd>;
  /** Names of fields that must never reach a log. */
  readonly redact: readonly string[];
}
