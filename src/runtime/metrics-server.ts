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
 * be had is told in the log and to whoever starts the program, in French, and it goes on without.
 */
export async function serveMetrics(
  { host, metricsPort: port }: MetricsPlace,
  metrics: Metrics,
  log: Pick<Log, 'warn'>,
  say: (line: string) => void = () => undefined,
): Promise<MetricsServer> {
  if (port === 0) return { stop: () => Promise.resolve() };
  const server = metricsServer(metrics);
  await new Promise<void>((resolve) => {
    server.once('error', (error) => {
      log.warn('no figures: their port cannot be had', { host, port, error });
      say(
        `Pas de chiffres pour Prometheus: ${host}:${port} ne peut pas être pris, sans doute par un autre processus de Jigi. Donnez à celui-ci un port à lui, par exemple METRICS_PORT=${port + 1}, ou METRICS_PORT=0 pour aucun.`,
      );
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
    metrics.text().then(
      (text) => {
        response.writeHead(200, { 'Content-Type': metrics.contentType });
        response.end(text);
      },
      () => response.writeHead(500, { 'Content-Length': 0 }).end(),
    );
  });
}
