import { Agent, request, type IncomingHttpHeaders } from 'node:http';

/** What a server said: no more than a browser without script needs. */
interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** Somebody at a browser: one kept connection, cookies, forms. */
export interface Officer {
  /** Opens a page, on through where it leads. @throws Error when it is not shown */
  open(path: string): Promise<string>;
  /** Sends a form of the page that was opened last. */
  send(path: string, form: Readonly<Record<string, string>>): Promise<string>;
  close(): void;
}

/** Sits down in front of a console behind its proxy. */
export function anOfficer(port: number, address: string): Officer {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const cookies = new Map<string, string>();
  let word = '';

  const ask = (path: string, body?: string): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const asked = request(
        {
          ...{ port, host: '127.0.0.1', path, agent },
          method: body === undefined ? 'GET' : 'POST',
          headers: {
            cookie: [...cookies].map((pair) => pair.join('=')).join('; '),
            ...{ 'x-forwarded-proto': 'https', 'x-forwarded-for': address },
            ...(body !== undefined && {
              'content-type': 'application/x-www-form-urlencoded',
              'content-length': String(Buffer.byteLength(body)),
            }),
          },
        },
        (response) => {
          response.setEncoding('utf8');
          let text = '';
          response.on('data', (chunk: string) => (text += chunk));
          response.on('end', () => {
            keepCookies(response.headers['set-cookie'] ?? []);
            const { statusCode: status = 0, headers } = response;
            resolve({ status, headers, text });
          });
        },
      );
      asked.once('error', reject).end(body);
    });
  const keepCookies = (lines: readonly string[]): void => {
    for (const line of lines) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
  };
  const shown = async (path: string, answer: Answer): Promise<string> => {
    const { status, headers, text } = answer;
    if (status === 303) return shown(path, await ask(headers.location ?? ''));
    if (status !== 200) throw new Error(`${path}: ${status}`);
    word = /name="_csrf" value="([^"]+)"/.exec(text)?.[1] ?? word;
    return text;
  };
  return {
    open: async (path) => shown(path, await ask(path)),
    send: async (path, form) => {
      const body = new URLSearchParams({ _csrf: word, ...form }).toString();
      return shown(path, await ask(path, body));
    },
    close: () => agent.destroy(),
  };
}
