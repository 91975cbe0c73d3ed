import { createServer, type Server } from 'node:http';
import type { Log } from './logger';
import type { Metrics } from './metrics';

/** The door of whoever reads the figures. */
export interface MetricsServer {
  stop(): Promise<void>;
}

/** Where the figures are read; port 0: nowhere. */
export interface MetricsPlace {
  host: string;
  metricsPort: number;
}

/**
 * Answers `GET /metrics` on a port of its own. Figures are no reason not to serve callers: a port that cannot
 * be had is told in the log, and the program goes on without.
 */
export async function serveMetrics(
  { host, metricsPort: port }: MetricsPlace,
  metrics: Metrics,
  log: Pick<Log, 'warn'>,
): Promise<MetricsServer> {
  if (port === 0) return { stop: () => Promise.resolve() };
  const server = metricsServer(metrics);
  await new Promise<void>((resolve) => {
    server.once('error', (error) => {
      log.warn('no figures: their port cannot be had', { host, port, error });
      resolve();
    });
    server.listen(port, host, resolve);
  });
  return {
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function metricsServer(metrics: Metrics): Server {
  return createServer({ requestTimeout: 10_000 }, (request, response) => {
    request.resume();
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404, { 'Content-Length': 0 }).end();
      return;
    }
    response
      .writeHead(200, { 'Content-Type': 'text/plain; version=0.0.4' })
      .end(metrics.text());
  });
}
