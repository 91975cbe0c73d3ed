import { spawnSync } from 'node:child_process';
import {
  chownSync,
  mkdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { AppError } from './errors';
import type { PostgresAccount } from './postgres-account';
import type { PostgresBinaries } from './postgres-binaries';

/** Name of the superuser of an embedded cluster. */
export const CLUSTER_ROLE = 'jigi';

/** What it takes to make and start a cluster. `settings` are PostgreSQL's own, by name. */
export interface ClusterPlan {
  cluster: string;
  logFile: string;
  password: string;
  binaries: PostgresBinaries;
  account: PostgresAccount;
  settings: Readonly<Record<string, string>>;
}

/** Creates an empty cluster; it appears under its name only when complete. */
export function createCluster(plan: ClusterPlan): void {
  const draft = `${plan.cluster}.new`;
  const passwordFile = `${plan.cluster}.pw`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  writeFileSync(passwordFile, plan.password, { mode: 0o600 });
  for (const at of [draft, passwordFile]) own(plan.account, at);
  try {
    runInitdb(plan, draft, passwordFile);
    renameSync(draft, plan.cluster);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

function runInitdb(
  plan: ClusterPlan,
  draft: string,
  passwordFile: string,
): void {
  const [program, args] = plan.account.command(plan.binaries.initdb, [
    `--pgdata=${draft}`,
    `--username=${CLUSTER_ROLE}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // Sorting is by code point everywhere: the same on every machine.
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    '--no-sync',
  ]);
  const done = spawnSync(program, args, {
    ...plan.account.ids,
    cwd: '/',
    encoding: 'utf8',
  });
  if (done.status !== 0)
    throw new AppError(
      'unavailable',
      `initdb a échoué: ${done.stderr || String(done.error)}`,
    );
}

function own(account: PostgresAccount, at: string): void {
  if (account.fileOwner !== undefined)
    chownSync(at, account.fileOwner, account.fileOwner);
}
