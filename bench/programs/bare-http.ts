import { createServer } from 'node:http';
import { constantScreen } from '../screens';
import { tellPort } from './tell-port';

/** The least that answers a form: what the driver itself can reach. */
tellPort(
  createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      const screen = constantScreen(
        new URLSearchParams(body).get('text') ?? '',
      );
      response.writeHead(200, {
        'Content-Type': 'text/plain; charset=utf-8',
        'Content-Length': Buffer.byteLength(screen),
      });
      response.end(screen);
    });
  }),
);
