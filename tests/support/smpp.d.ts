/** What the tests call of the package, which brings no types. */
declare module 'smpp' {
  namespace smpp {
    interface Pdu {
      data_coding: number;
      esm_class: number;
      destination_addr: string;
      source_addr: string;
      short_message: { message: Buffer };
      response(fields?: Record<string, unknown>): Pdu;
    }
    interface Session {
      on(name: 'error', heard: (error: Error) => void): void;
      on(name: string, heard: (pdu: Pdu) => void): void;
      send(pdu: Pdu): void;
      deliver_sm(fields: Record<string, unknown>): void;
      destroy(): void;
    }
    interface Server {
      listen(port: number, host: string): Server;
      close(): void;
    }
    function createServer(session: (session: Session) => void): Server;
    const encodings: Record<string, { decode: (octets: Buffer) => unknown }>;
  }
  export = smpp;
}
