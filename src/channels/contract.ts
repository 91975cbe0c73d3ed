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
    /**
     * Only what was typed now; `start` is the dial, and `reply` is then the tail of the short
     * code, as a path. `sequence` tells a repeated step from a new one.
     */
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

/** What an answer must name so that the gateway finds the call it belongs to. */
export type ReturnAddress = Pick<UssdTurn, 'sessionId' | 'echo'>;

/** Either what was read, or why it could not be. */
export type Read<T> =
  | { kind: 'read'; value: T }
  | {
      kind: 'unreadable';
      /** Names fields, never what stood in them. */
      reason: string;
      /** The caller can still be shown a polite end. */
      answerable: boolean;
      /** What of the return address could be read. */
      to?: ReturnAddress;
    };

/** A request that may also say that the caller is gone, in dialects that tell it by the same door. */
export type ReadTurn =
  Read<UssdTurn> | { kind: 'ended'; end: UssdEnd; to: ReturnAddress };

/** A request body as it came, read up to the limit of the webhook. */
export interface RawBody {
  contentType: string;
  text: string;
}

/** What one page may hold, and in which letters. */
export interface UssdPage {
  septets: number;
  alphabet: 'gsm7' | 'ascii';
}

/** The USSD half of a gateway: plain translation, no database, no retry, no business. */
export interface UssdGateway {
  readonly name: string;
  readonly page: UssdPage;
  readTurn(body: RawBody): ReadTurn;
  /** `to` is the turn, or what could be read of its return address. */
  writeScreen(screen: UssdScreen, to?: ReturnAddress): RawReply;
  readEnd?(body: RawBody): Read<UssdEnd>;
  /** Names of fields that must never reach a log. */
  readonly redact: readonly string[];
}
