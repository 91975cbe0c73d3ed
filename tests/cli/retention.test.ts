import { Command } from 'commander';
import { addRetentionCommands, toldCounts } from '../../src/cli/retention';
import { runCommand } from '../../src/cli/run-command';
import { fixedClock } from '../../src/runtime/clock';
import { withLock } from '../../src/runtime/lock';
import { retentionRules } from '../../src/staff/retention-rules';
import { scratchDatabase, type TestDatabase } from '../support/database';

const clock = fixedClock('2026-03-12T10:00:00Z');
let store: TestDatabase;

beforeAll(async () => {
  store = await scratchDatabase();
  await store.db.prisma.callEnd.createMany({
    data: ['one', 'two'].map((sessionKey) => ({
      ...{ sessionKey, gateway: 'g', status: 'completed' },
      endedAt: new Date('2026-01-01'),
    })),
  });
});

afterAll(() => store.close());

/** Runs the command as the administrator would; its house stays open. */
async function retention(...words: string[]) {
  const program = new Command('jigi').exitOverride();
  addRetentionCommands(program, () =>
    Promise.resolve({
      ...{ db: store.db, clock, migrations: [], hashKey: '' },
      close: () => Promise.resolve(),
    }),
  );
  const told: string[] = [];
  let out = '';
  const write = jest
    .spyOn(process.stdout, 'write')
    .mockImplementation((text) => (out += String(text)) !== '');
  try {
    const code = await runCommand(program, ['retention', ...words], (line) =>
      told.push(line),
    );
    return { code, out, told };
  } finally {
    write.mockRestore();
  }
}

test('a dry run with --all names each line of the table with its rows, and changes nothing', async () => {
  const run = await retention('--dry-run', '--all');
  expect(run).toMatchObject({ code: 0, told: [] });
  expect(run.out).toContain("2 à supprimer: Fins d'appels (call_ends)\n");
  expect(run.out).toContain(
    '0 à vider: Demandes closes: la personne (complaints 0, complaint_events 0)\n',
  );
  expect(run.out).toContain("0 à supprimer: Journal d'audit (audit_entries)\n");
  expect(run.out).toMatch(/Rien n'a été changé: .*\n$/);
  expect(await store.db.prisma.callEnd.count()).toBe(2);
});

test('while another program is at it, nothing is changed and this is said', async () => {
  await withLock(store.db, 'keeping', async () => {
    const run = await retention();
    expect(run).toMatchObject({ code: 3, out: '' });
    expect(run.told).toEqual([
      expect.stringMatching(/^La conservation est déjà en cours/),
    ]);
  });
  expect(await store.db.prisma.callEnd.count()).toBe(2);
});

test('a run says what went and nothing else, and a dry run after it that nothing is due', async () => {
  const run = await retention();
  expect(run.out).toBe(
    "2 supprimées: Fins d'appels (call_ends)\n2 au total.\n",
  );
  expect(await store.db.prisma.callEnd.count()).toBe(0);
  expect((await retention('--dry-run')).out).toBe(
    "0 au total: rien n'est fini.\n",
  );
});

test('numbers stand under each other, steps of one line in one, and no two lines have one name', () => {
  const line = { what: 'Rappels', table: 'callbacks', does: 'delete' } as const;
  const households = { ...line, what: 'Ménages' };
  const counts = [
    { ...line, rows: 7 },
    { ...households, table: 'payments', rows: 1200 },
    { ...households, table: 'grants', rows: 0 },
  ];
  const isDryRun = false;
  expect(toldCounts(counts, { isDryRun, all: false })).toEqual([
    '   7 supprimées: Rappels (callbacks)',
    '1200 supprimées: Ménages (payments 1200)',
    '1207 au total.',
  ]);
  expect(toldCounts(counts, { isDryRun, all: true })[1]).toBe(
    '1200 supprimées: Ménages (payments 1200, grants 0)',
  );
  const all = toldCounts(
    retentionRules.flatMap(({ what, steps }) =>
      steps.map(({ table, fields }) => ({
        ...{ what, table, rows: 0 },
        does: fields === undefined ? ('delete' as const) : ('blank' as const),
      })),
    ),
    { isDryRun, all: true },
  ).map((one) => one.replace(/ \(.*$/, ''));
  expect(new Set(all).size).toBe(all.length);
});
