import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  choosePostgresAccount,
  handOver,
  WAYS_DOWN,
} from '../../src/runtime/postgres-account';
import { findPostgresBinaries } from '../../src/runtime/postgres-binaries';
import { createCluster } from '../../src/runtime/postgres-cluster';
import {
  startPostmaster,
  stopPostmaster,
} from '../../src/runtime/postgres-server';

const binaries = findPostgresBinaries();
const describeAsRoot = process.getuid?.() === 0 ? describe : undefined;

// Only root has to step down; for others this is no test left out.
describeAsRoot?.('root steps down', () => {
  let folder: string;
  const planWith = (account: (typeof WAYS_DOWN)[keyof typeof WAYS_DOWN]) => ({
    cluster: path.join(folder, 'postgres'),
    logFile: path.join(folder, 'postgres.log'),
    password: 'for this test only',
    binaries,
    account,
    settings: { fsync: 'off' },
  });

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'jigi-account-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test.each([
    ['a user namespace', 'inNamespace', 0o700],
    ['one capability', 'withCapability', 0o700],
    ['another uid, where folders are open', 'asNobody', 0o755],
  ] as const)('by %s', async (_name, way, mode) => {
    chmodSync(folder, mode);
    const account = choosePostgresAccount(binaries.postgres, folder, [
      WAYS_DOWN[way],
    ]);
    createCluster(planWith(account));
    const server = await startPostmaster(planWith(account));
    expect(server.ready).toBe(true);
    await stopPostmaster(path.join(folder, 'postgres'));
  });

  test('a cluster made one way runs another way once it is handed over', async () => {
    chmodSync(folder, 0o755);
    createCluster(planWith(WAYS_DOWN.asNobody));
    handOver(WAYS_DOWN.inNamespace, path.join(folder, 'postgres'));
    const server = await startPostmaster(planWith(WAYS_DOWN.inNamespace));
    expect(server.ready).toBe(true);
    await stopPostmaster(path.join(folder, 'postgres'));
  });

  test('where no way works, the message says what to do', () => {
    chmodSync(folder, 0o700);
    const data = path.join(folder, 'data');
    expect(() =>
      choosePostgresAccount(binaries.postgres, data, [WAYS_DOWN.asNobody]),
    ).toThrow(/compte ordinaire, ou indiquez DATABASE_URL/);
  });
});

test('the account that runs this finds a way', () => {
  const account = choosePostgresAccount(binaries.postgres, tmpdir());
  const [program, words] = account.command('postgres', ['--version']);
  expect([program, ...words].slice(-2)).toEqual(['postgres', '--version']);
});
