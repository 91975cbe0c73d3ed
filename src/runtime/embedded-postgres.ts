import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { clusterUrl, createDatabase, servesCluster } from './cluster-client';
import { AppError } from './errors';
import { findPostgresBinaries } from './postgres-binaries';
import {
  choosePostgresAccount,
  handOver,
  type PostgresAccount,
} from './postgres-account';
import { createCluster } from './postgres-cluster';
import { startPostmaster, stopPostmaster } from './postgres-server';
import { readPostmaster, type Postmaster } from './postmaster-file';
import { keepSecret, makePrivateFolder } from './secrets';
import { countGuests, signIn } from './server-guests';
import { tryStarterLock, withStarterLock } from './starter-lock';

/** Where an embedded server lives. `say` gets progress lines in French; `settings` are PostgreSQL's own. */
export interface EmbeddedPostgresOptions {
  dataDir: string;
  say?: (line: string) => void;
  settings?: Readonly<Record<string, string>>;
}

/** A server that this program uses until it calls `release`; the last to release stops it. */
export interface EmbeddedPostgres {
  url: string;
  release(): Promise<void>;
}

/**
 * Joins the PostgreSQL server of a data directory, or starts it (and makes its cluster the first time).
 * @throws AppError `unavailable` when PostgreSQL is not installed or does not start.
 */
export async function joinOrStartPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  makePrivateFolder(options.dataDir);
  const dataDir = realpathSync(options.dataDir);
  const places = placesIn(dataDir);
  return withStarterLock(places.lock, async () => {
    const password = keepSecret(dataDir, 'postgres.password');
    const server =
      (await findLiving(places.cluster, password)) ??
      (await start(options, places, password));
    await createDatabase(server.port, password);
    return enter(places, clusterUrl(server.port, password));
  });
}

const LIVING_PATIENCE_MS = 30_000;

type Places = ReturnType<typeof placesIn>;

/** Whether there is an embedded server's store in a folder. */
export function hasOwnStore(dataDir: string): boolean {
  return existsSync(path.join(placesIn(dataDir).cluster, 'PG_VERSION'));
}

function placesIn(dataDir: string) {
  return {
    cluster: path.join(dataDir, 'postgres'),
    log: path.join(dataDir, 'postgres.log'),
    lock: path.join(dataDir, 'postgres.lock'),
    guests: path.join(dataDir, 'postgres.guests'),
  };
}

/** The living server of this cluster; one that is starting or leaving is waited for. */
async function findLiving(
  cluster: string,
  password: string,
): Promise<Postmaster | undefined> {
  const deadline = Date.now() + LIVING_PATIENCE_MS;
  for (;;) {
    const found = readPostmaster(cluster);
    if (found === undefined) return undefined;
    if (found.ready && (await servesCluster(found.port, password, cluster)))
      return found;
    if (Date.now() > deadline)
      throw new AppError(
        'unavailable',
        `Le serveur PostgreSQL ${found.pid} de ${cluster} ne répond pas. Arrêtez-le, puis recommencez.`,
      );
    await pause(50);
  }
}

async function start(
  { say, settings }: EmbeddedPostgresOptions,
  places: Places,
  password: string,
): Promise<Postmaster> {
  const binaries = findPostgresBinaries();
  const account: PostgresAccount = choosePostgresAccount(
    binaries.postgres,
    path.dirname(places.cluster),
  );
  const plan = {
    cluster: places.cluster,
    logFile: places.log,
    password,
    binaries,
    account,
    settings: settings ?? {},
  };
  if (existsSync(path.join(places.cluster, 'PG_VERSION')))
    handOver(account, places.cluster);
  else {
    say?.('Première fois: préparation de la base PostgreSQL…');
    createCluster(plan);
  }
  return startPostmaster(plan);
}

/** Signs in, and sees to it that leaving, also by process.exit(), is noticed. */
function enter(places: Places, url: string): EmbeddedPostgres {
  const signOut = signIn(places.guests);
  const leaveAtExit = () => {
    signOut();
    stopAtExit(places);
  };
  process.once('exit', leaveAtExit);
  let left: Promise<void> | undefined;
  return {
    url,
    release() {
      process.off('exit', leaveAtExit);
      left ??= withStarterLock(places.lock, async () => {
        signOut();
        if (countGuests(places.guests) === 0)
          await stopPostmaster(places.cluster);
      });
      return left;
    },
  };
}

/** The last wish of a program that ends without releasing: no waiting is possible any more. */
function stopAtExit(places: Places): void {
  const unlock = tryStarterLock(places.lock);
  if (unlock === undefined) return; // somebody is just joining, and will stop it later
  const found = readPostmaster(places.cluster);
  if (found !== undefined && countGuests(places.guests) === 0)
    process.kill(found.pid, 'SIGINT');
  unlock();
}
