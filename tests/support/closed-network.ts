import { Socket } from 'node:net';

/** Hosts that somebody tried to reach while the network was closed. */
export interface ClosedNetwork {
  tried: readonly string[];
  open(): void;
}

const HERE = new Set(['127.0.0.1', 'localhost', '::1']);

/** Lets nothing out of this machine: a connection to any other host fails as if its name were unknown. */
export function closeNetwork(): ClosedNetwork {
  const tried: string[] = [];
  const connect = Object.getOwnPropertyDescriptor(Socket.prototype, 'connect');
  // A method of Node's whose overloads do not matter here: it is called as it was.
  const original = connect?.value as (...args: unknown[]) => Socket;
  Socket.prototype.connect = function (this: Socket, ...args: unknown[]) {
    const host = hostIn(args);
    if (host === undefined || HERE.has(host)) {
      return original.apply(this, args);
    }
    tried.push(host);
    const error = Object.assign(new Error('closed'), { code: 'ENOTFOUND' });
    process.nextTick(() => this.destroy(error));
    return this;
  };
  return {
    tried,
    open: () => {
      if (connect) Object.defineProperty(Socket.prototype, 'connect', connect);
    },
  };
}

/** `connect(options)`, `connect([options, listener])` as Node calls itself, `connect(port, host)`; undefined for pipes. */
function hostIn(args: readonly unknown[]): string | undefined {
  const first: unknown = Array.isArray(args[0]) ? args[0][0] : args[0];
  if (typeof first === 'object' && first !== null) {
    if ('path' in first && typeof first.path === 'string') return undefined;
    return 'host' in first && typeof first.host === 'string'
      ? first.host
      : 'localhost';
  }
  return typeof args[1] === 'string' ? args[1] : 'localhost';
}
