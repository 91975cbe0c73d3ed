import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** A line to a server of this machine that a test may slow down or cut. */
export interface BadLine {
  readonly port: number;
  /** How much later than it came everything is passed on, in milliseconds; never in another order. */
  delayMs: number;
  /** Ends every connection and takes no other, until it is mended. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

/** Opens a line that passes on all that it is sent. */
export async function badLine(to: number): Promise<BadLine> {
  const open = new Set<Socket>();
  let isCut = false;
  const server = createServer((near) => {
    if (isCut) {
      near.destroy();
      return;
    }
    const far = connect(to, '127.0.0.1');
    pass(near, far);
    pass(far, near);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const pass = (from: Socket, on: Socket): void => {
    open.add(from);
    from.on('error', () => undefined);
    from.on('close', () => {
      open.delete(from);
      on.destroy();
    });
    // As on a real line, nothing overtakes what was sent before it, also when the delay becomes shorter.
    let passed = Promise.resolve();
    from.on('data', (piece) => {
      const arrives = pause(line.delayMs);
      passed = passed.then(async () => {
        await arrives;
        if (on.writable) on.write(piece);
      });
    });
  };
  const drop = (): void => {
    for (const one of open) one.destroy();
  };
  const line: BadLine = {
    // node:net says `string` for pipes and `null` before listening; neither is so here.
    port: (server.address() as AddressInfo).port,
    delayMs: 0,
    cut() {
      isCut = true;
      drop();
    },
    mend() {
      isCut = false;
    },
    async close() {
      drop();
      server.close();
      await once(server, 'close');
    },
  };
  return line;
}
