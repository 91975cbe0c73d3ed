import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Listens on a free port of 127.0.0.1, tells it to the program that started this one, and ends with it. */
export function tellPort(server: Server): void {
  server.keepAliveTimeout = 65_000;
  process.once('disconnect', () => process.exit());
  server.listen(0, '127.0.0.1', () => {
    // node:net says `string` for pipes and `null` before listening; neither is so here.
    process.send?.((server.address() as AddressInfo).port);
  });
}
