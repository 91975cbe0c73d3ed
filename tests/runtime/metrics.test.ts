import { createLogger } from '../../src/runtime/logger';
import { countedLog } from '../../src/runtime/counted-log';
import { createMetrics } from '../../src/runtime/metrics';
import { serveMetrics } from '../../src/runtime/metrics-server';
import { freePort } from '../support/free-port';

const host = '127.0.0.1';

/** A log that keeps its messages. */
function heard() {
  const lines: string[] = [];
  const log = { warn: (message: string) => void lines.push(message) };
  return { lines, log };
}

test('counters add up by their labels, which cannot break a line', () => {
  const metrics = createMetrics();
  metrics.add('jigi_x_total', { event: 'late', gateway: 'a' });
  metrics.add('jigi_x_total', { event: 'late', gateway: 'a' }, 2);
  metrics.add('jigi_x_total', { event: 'la"t\n\\e', gateway: 'a' });
  const own = metrics.text().split('# TYPE process')[0];
  expect(own).toBe(
    [
      '# TYPE jigi_x_total counter',
      'jigi_x_total{event="late",gateway="a"} 3',
      'jigi_x_total{event="la\\"t\\n\\\\e",gateway="a"} 1',
      '',
    ].join('\n'),
  );
});

test('a gauge is asked when it is read, and the process tells of its memory', () => {
  const metrics = createMetrics();
  let waiting = 1;
  metrics.gauge('jigi_waiting', () => waiting);
  waiting = 7;
  expect(metrics.text()).toContain('\njigi_waiting 7\n');
  expect(metrics.text()).toMatch(/^process_resident_memory_bytes \d{7,}$/m);
});

test('lines of the log are counted by level, silent ones too', () => {
  const metrics = createMetrics();
  const log = countedLog(createLogger({ level: 'silent' }), metrics);
  log.error('a');
  log.error('b');
  log.debug('c');
  expect(metrics.text()).toContain('jigi_log_lines_total{level="error"} 2');
  expect(metrics.text()).toContain('jigi_log_lines_total{level="debug"} 1');
});

test('figures are read by GET /metrics alone', async () => {
  const metricsPort = await freePort();
  const { log, lines } = heard();
  const place = { host, metricsPort };
  const server = await serveMetrics(place, createMetrics(), log);
  const url = `http://${host}:${metricsPort}`;
  const answer = await fetch(`${url}/metrics`);
  expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4');
  expect(await answer.text()).toContain('process_resident_memory_bytes');
  expect((await fetch(`${url}/`)).status).toBe(404);
  expect((await fetch(`${url}/metrics`, { method: 'POST' })).status).toBe(404);
  await server.stop();
  await expect(fetch(`${url}/metrics`)).rejects.toThrow();
  expect(lines).toEqual([]);
});

test('a port that is taken is told, and stops nothing', async () => {
  const metricsPort = await freePort();
  const { log, lines } = heard();
  const place = { host, metricsPort };
  const first = await serveMetrics(place, createMetrics(), log);
  const second = await serveMetrics(place, createMetrics(), log);
  expect(lines).toEqual(['no figures: their port cannot be had']);
  await second.stop();
  await first.stop();
});

test('with port 0 there is no door', async () => {
  const { log } = heard();
  const place = { host, metricsPort: 0 };
  await (await serveMetrics(place, createMetrics(), log)).stop();
});
