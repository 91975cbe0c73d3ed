import { Socket } from 'node:net';
import pg from 'pg';

/** A statement that is prepared once a connection, under its name. */
export interface NamedStatement {
  name: string;
  text: string;
  values: unknown[];
}

/** Where short statements are asked, each a transaction of its own. */
export interface Asked {
  query<Row extends pg.QueryResultRow>(
    statement: NamedStatement,
  ): Promise<pg.QueryResult<Row>>;
}

/** Connections that many share at once. */
export interface SharedLines extends Asked {
  /** How many of them have something to answer. */
  busy(): number;
  close(): Promise<void>;
}

interface Line {
  client: Promise<pg.Client> | undefined;
  socket: Socket | undefined;
  isGathering: boolean;
  /** Statements that are asked and not answered. */
  underWay: number;
  /** Since when the server owes an answer and has given none, by `performance.now()`. */
  silentSinceMs: number;
  watch: NodeJS.Timeout | undefined;
}

/** How many connections there are, and when one is given up. */
export interface SharedLinesOptions {
  count: number;
  /** A server that owes answers and gives none for so long is gone; 0 waits for ever. */
  silenceMs: number;
  onLostConnection: (error: Error) => void;
}

/**
 * Connections on which a statement does not wait for the answer to the one before it. What is asked
 * in one turn of the event loop goes out in one piece: a piece costs the process as much as a
 * statement does, and wakes the server once. Connections are made when first needed and again when lost.
 *
 * No statement has a time of its own on our side, since giving one up would give up all that were asked
 * on its connection: the server ends those that are slow, and who asks has a time for the whole step.
 */
export function sharedLines(
  config: pg.ClientConfig,
  { count, silenceMs, onLostConnection }: SharedLinesOptions,
): SharedLines {
  const lines = Array.from({ length: count }, (): Line => ({
    client: undefined,
    socket: undefined,
    isGathering: false,
    underWay: 0,
    silentSinceMs: 0,
    watch: undefined,
  }));

  const connected = async (line: Line): Promise<pg.Client> => {
    const socket = new Socket();
    const client = new pg.Client({
      ...config,
      pipeline: true,
      stream: () => socket,
    });
    client.on('error', (error) => {
      if (line.socket === socket) line.client = undefined;
      onLostConnection(error);
    });
    line.socket = socket;
    await client.connect();
    return client;
  };

  const clientOf = (line: Line): Promise<pg.Client> => {
    line.client ??= connected(line).catch((error: unknown) => {
      line.client = undefined;
      throw error;
    });
    return line.client;
  };

  /** The line of this turn of the event loop, or else the one that owes least. */
  const lineToAsk = (): Line =>
    lines.find(({ isGathering }) => isGathering) ??
    lines.reduce((least, line) =>
      line.underWay < least.underWay ? line : least,
    );

  return {
    async query<Row extends pg.QueryResultRow>(statement: NamedStatement) {
      const line = lineToAsk();
      if (line.underWay === 0) line.silentSinceMs = performance.now();
      line.underWay += 1;
      if (silenceMs > 0) watch(line, silenceMs);
      try {
        gather(line);
        const client = await clientOf(line);
        return await client.query<Row>(statement);
      } finally {
        line.underWay -= 1;
        line.silentSinceMs = performance.now();
      }
    },
    busy: () => lines.filter(({ underWay }) => underWay > 0).length,
    async close() {
      await Promise.all(
        lines.map(async ({ client }) => (await client?.catch(ignore))?.end()),
      );
    },
  };
}

/** Holds back what is written to a line until this turn of the event loop is over. */
function gather(line: Line): void {
  const { socket } = line;
  if (socket === undefined || line.isGathering) return;
  line.isGathering = true;
  socket.cork();
  setImmediate(() => {
    line.isGathering = false;
    socket.uncork();
  });
}

/** Gives up a connection on which the server has become silent. */
function watch(line: Line, silenceMs: number, waitMs = silenceMs): void {
  line.watch ??= setTimeout(() => {
    // What has arrived is read first: we may be the ones who are late.
    setImmediate(() => {
      line.watch = undefined;
      if (line.underWay === 0) return;
      const leftMs = line.silentSinceMs + silenceMs - performance.now();
      if (leftMs > 0) watch(line, silenceMs, leftMs);
      else line.socket?.destroy(new Error('the database is silent'));
    });
  }, waitMs).unref();
}

function ignore(): undefined {
  return undefined; // told to whoever asked
}
