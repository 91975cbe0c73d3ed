import { spawnSync } from 'node:child_process';
import { chownSync, lstatSync, readdirSync } from 'node:fs';
import { userInfo } from 'node:os';
import path from 'node:path';
import { AppError } from './errors';

const NOBODY = 65534;

/**
 * How to run a PostgreSQL program: it refuses to run as root, so root must step down.
 * `fileOwner` is the uid that its files must belong to.
 */
export interface PostgresAccount {
  command(program: string, args: string[]): [string, string[]];
  ids: { uid?: number; gid?: number };
  fileOwner: number | undefined;
}

const asMyself: PostgresAccount = {
  command: (program, args) => [program, args],
  ids: {},
  fileOwner: undefined,
};

/** Nobody inside a user namespace, ourselves outside: reaches what we reach. */
const inNamespace: PostgresAccount = {
  command: (program, args) => [
    'unshare',
    [
      '--user',
      `--map-user=${NOBODY}`,
      `--map-group=${NOBODY}`,
      '--',
      program,
      ...args,
    ],
  ],
  ids: {},
  fileOwner: process.getuid?.(),
};

/** Nobody, but allowed past folders closed to others: for containers without user namespaces. */
const withCapability: PostgresAccount = {
  command: (program, args) => [
    'setpriv',
    [
      `--reuid=${NOBODY}`,
      `--regid=${NOBODY}`,
      '--clear-groups',
      '--inh-caps=+dac_override',
      '--ambient-caps=+dac_override',
      '--',
      program,
      ...args,
    ],
  ],
  ids: {},
  fileOwner: NOBODY,
};

const asNobody: PostgresAccount = {
  command: (program, args) => [program, args],
  ids: { uid: NOBODY, gid: NOBODY },
  fileOwner: NOBODY,
};

/** The ways down from root, best first; no account is ever added to the system. */
export const WAYS_DOWN = { inNamespace, withCapability, asNobody } as const;

/**
 * Chooses how to run PostgreSQL: as whoever we are, or by the first other way that works here.
 * @throws AppError `unavailable` when there is none.
 */
export function choosePostgresAccount(
  postgres: string,
  folder: string,
  ways: readonly PostgresAccount[] = waysFor(process.getuid?.()),
): PostgresAccount {
  const way = ways.find((account) => reaches(account, postgres, folder));
  if (way !== undefined) return way;
  throw new AppError(
    'unavailable',
    `PostgreSQL ne peut pas tourner dans ${folder} avec ce compte. Lancez Jigi avec un compte ordinaire, ou indiquez DATABASE_URL.`,
  );
}

function waysFor(uid: number | undefined): readonly PostgresAccount[] {
  if (uid === 0) return Object.values(WAYS_DOWN);
  // initdb wants the account's name; some containers run under a number that has none.
  return hasName() ? [asMyself] : [inNamespace];
}

function hasName(): boolean {
  try {
    return userInfo().username !== '';
  } catch {
    return false;
  }
}

/** Gives a folder and all below to the account, when another account made them. */
export function handOver(account: PostgresAccount, at: string): void {
  const { fileOwner } = account;
  if (fileOwner === undefined) return;
  const found = lstatSync(at);
  if (found.isDirectory())
    for (const name of readdirSync(at)) handOver(account, path.join(at, name));
  if (found.uid !== fileOwner) chownSync(at, fileOwner, fileOwner);
}

function reaches(
  account: PostgresAccount,
  postgres: string,
  folder: string,
): boolean {
  const script = 'test -x "$1" && "$0" --version';
  const [program, args] = account.command('/bin/sh', [
    '-c',
    script,
    postgres,
    folder,
  ]);
  const trial = spawnSync(program, args, {
    ...account.ids,
    cwd: '/',
    stdio: 'ignore',
  });
  return trial.status === 0;
}
