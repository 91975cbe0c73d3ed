import { Agent, request } from 'node:http';

/** What a gateway received for a step. */
export interface GatewayAnswer {
  status: number;
  body: string;
}

/** Posts steps to a door over HTTP, on connections that are kept, as a gateway does. */
export function gatewayLine(port: number, path: string, atOnce: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  return {
    post: (form: Readonly<Record<string, string>>): Promise<GatewayAnswer> =>
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
        posted.on('error', reject);
        posted.end(new URLSearchParams(form).toString());
      }),
    close: () => {
      agent.destroy();
    },
  };
}
