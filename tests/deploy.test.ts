import { readFileSync } from 'node:fs';
import path from 'node:path';
import { tellLine } from '../src/complaints/line-figures';
import { tellMessages } from '../src/messaging/message-figures';
import { tellSpool } from '../src/messaging/spool-figures';
import { fixedClock, systemClock } from '../src/runtime/clock';
import { FIGURES } from '../src/runtime/figures';
import { createMetrics } from '../src/runtime/metrics';
import { packageRoot } from '../src/runtime/package-root';
import { tellImports } from '../src/exchange/import-figures';
import { countConnections } from '../src/wiring';
import { testDatabase, type TestDatabase } from './support/database';

const read = (name: string): string =>
  readFileSync(path.join(packageRoot, 'deploy', name), 'utf8');
const watched = { dashboard: 'grafana-dashboard.json', alerts: 'alerts.yml' };

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

/** The names of all figures that a process tells. */
async function told(): Promise<Set<string>> {
  const metrics = createMetrics();
  countConnections(database.db, metrics);
  tellImports(database.db, metrics);
  tellLine(database.db, fixedClock('2026-03-12T10:00:00Z'), metrics);
  tellMessages({ db: database.db, clock: systemClock() }, metrics);
  tellSpool(
    { counts: () => Promise.resolve({ waiting: 2, apart: 1 }) },
    metrics,
  );
  const text = await metrics.text();
  expect(text).toContain('jigi_spool_files{kind="waiting"} 2');
  return new Set(
    Array.from(text.matchAll(/^# TYPE (\S+)/gm), ([, name = '']) => name),
  );
}

test.each(Object.entries(watched))(
  'the %s asks for figures that are told, and for no others',
  async (_, file) => {
    const names = await told();
    const asked = Array.from(
      read(file).matchAll(/\b((?:jigi|process|nodejs)_[a-z0-9_]+)\b/g),
      ([, name = '']) => name.replace(/_(?:bucket|count|sum)$/, ''),
    );
    expect(asked.length).toBeGreaterThan(5);
    expect(asked.filter((name) => !names.has(name))).toEqual([]);
  },
);

test('every figure of the service is on the dashboard', async () => {
  const dashboard = read(watched.dashboard);
  const own = [...(await told())].filter((name) => name.startsWith('jigi_'));
  expect(own.filter((name) => !dashboard.includes(name))).toEqual([]);
});

test('figures are told apart by words of closed lists, never by anything of a person', () => {
  const all = { ...FIGURES.counters, ...FIGURES.durations };
  const labels = Object.values(all).flatMap<string>((figure) => figure.labels);
  expect([...new Set(labels)].sort()).toEqual([
    'class',
    'event',
    'flow',
    'gateway',
    'level',
    'meaning',
    'on',
    'outcome',
    'screen',
    'state',
    'task',
    'until',
  ]);
});
