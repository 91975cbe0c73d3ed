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

test('what is counted adds up by its labels', async () => {
  const metrics = createMetrics();
  metrics.add('jigi_door_events_total', { event: 'late', gateway: 'a' });
  metrics.add('jigi_door_events_total', { event: 'late', gateway: 'a' });
  metrics.add('jigi_door_events_total', { event: 'forged', gateway: 'a' });
  const text = await metrics.text();
  expect(text).toContain('# TYPE jigi_door_events_total counter');
  expect(text).toMatch(/^jigi_door_events_total{.*event="late".*} 2$/m);
  expect(text).toMatch(/^jigi_door_events_total{.*event="forged".*} 1$/m);
});

test('durations are counted by how long they are', async () => {
  const metrics = createMetrics();
  const labels = { gateway: 'a' };
  metrics.observe('jigi_ussd_step_seconds', labels, 0.02);
  metrics.observe('jigi_ussd_step_seconds', labels, 2);
  const text = await metrics.text();
  expect(text).toMatch(/^jigi_ussd_step_seconds_bucket{le="0.025",.*} 1$/m);
  expect(text).toMatch(/^jigi_ussd_step_seconds_bucket{le="3",.*} 2$/m);
  expect(text).toMatch(/^jigi_ussd_step_seconds_sum{.*} 2.02$/m);
});

test('a gauge is asked when it is read, and the process tells of its memory', async () => {
  const metrics = createMetrics();
  let waiting = 1;
  metrics.gauge('jigi_waiting', 'who waits', () => waiting);
  waiting = 7;
  const text = await metrics.text();
  expect(text).toContain('\njigi_waiting 7\n');
  expect(text).toMatch(/^process_resident_memory_bytes \d{7,}$/m);
});

test('a gauge that cannot be told now is left out, and the others are told', async () => {
  const metrics = createMetrics();
  metrics.gauge('jigi_far', 'far away', () =>
    Promise.reject(new Error('away')),
  );
  metrics.gauge('jigi_near', 'at hand', () =>
    Promise.resolve(new Map([['waves', 3]])),
  );
  const text = await metrics.text();
  expect(text).not.toMatch(/^jigi_far[ {]/m);
  expect(text).toContain('jigi_near{kind="waves"} 3');
});

test('lines of the log are counted by level, silent ones too', async () => {
  const metrics = createMetrics();
  const log = countedLog(createLogger({ level: 'silent' }), metrics);
  log.error('a');
  log.error('b');
  log.debug('c');
  const text = await metrics.text();
  expect(text).toContain('jigi_log_lines_total{level="error"} 2');
  expect(text).toContain('jigi_log_lines_total{level="debug"} 1');
});

test('figures are read by GET /metrics alone', async () => {
  const metricsPort = await freePort();
  const { log, lines } = heard();
  const place = { host, metricsPort };
  const server = await serveMetrics(place, createMetrics(), log);
  const url = `http://${host}:${metricsPort}`;
  const answer = await fetch(`${url}/metrics`);
  expect(answer.headers.get('content-type')).toMatch(
    /^text\/plain; version=0\.0\.4/,
  );
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
  const said: string[] = [];
  const second = await serveMetrics(place, createMetrics(), log, (line) =>
    said.push(line),
  );
  expect(lines).toEqual(['no figures: their port cannot be had']);
  expect(said).toEqual([
    expect.stringContaining(`METRICS_PORT=${metricsPort + 1}`),
  ]);
  await second.stop();
  await first.stop();
});

test('with port 0 there is no door', async () => {
  const { log } = heard();
  const place = { host, metricsPort: 0 };
  await (await serveMetrics(place, createMetrics(), log)).stop();
});
