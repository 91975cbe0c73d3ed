import { Agent, request } from 'node:http';

/** What a gateway received for a step. */
export interface GatewayAnswer {
  status: number;
  body: string;
}

/** Posts steps to a door over HTTP, on connections that are kept, as a gateway does. */
export function gatewayLine(port: number, path: string, atOnce: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const post = (
    form: Readonly<Record<string, string>>,
  ): Promise<GatewayAnswer> =>
    new Promise((resolve, reject) => {
      const posted = request(
        {
          ...{ agent, port, path, host: '127.0.0.1', method: 'POST' },
          headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        },
        (response) => {
          let body = '';
          response.setEncoding('utf8').on('data', (chunk: string) => {
            body += chunk;
          });
          response.on('end', () => {
            resolve({ status: response.statusCode ?? 0, body });
          });
        },
      );
      let isKept = false;
      posted.on('socket', (socket) => {
        isKept = socket.bytesRead > 0;
      });
      posted.on('error', (error: NodeJS.ErrnoException) => {
        // A kept line that the other side has just closed: the step was not taken, and is sent again.
        const isStale =
          isKept && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
        if (isStale) post(form).then(resolve, reject);
        else reject(error);
      });
      posted.end(new URLSearchParams(form).toString());
    });
  return {
    post,
    close: () => {
      agent.destroy();
    },
  };
}
