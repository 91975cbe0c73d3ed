import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from './errors';
import type { ClusterPlan } from './postgres-cluster';
import {
  clearForeignPostmaster,
  readPostmaster,
  type Postmaster,
} from './postmaster-file';

const START_PATIENCE_MS = 30_000;

/**
 * Starts the server of a cluster on a free port of 127.0.0.1 and waits until it is ready.
 * @throws AppError `unavailable` with the end of the server's own log.
 */
export async function startPostmaster(plan: ClusterPlan): Promise<Postmaster> {
  const deadline = Date.now() + START_PATIENCE_MS;
  for (;;) {
    clearForeignPostmaster(plan.cluster);
    const outcome = await tryStart(plan, deadline);
    if (typeof outcome !== 'string') return outcome;
    // Orphans of a killed server leave within moments; PostgreSQL rightly waits for them.
    const passing = outcome.includes('shared memory block');
    if (!passing || Date.now() > deadline)
      throw new AppError(
        'unavailable',
        `PostgreSQL n'a pas démarré (journal: ${plan.logFile}). ${outcome}`,
      );
    await pause(250);
  }
}

async function tryStart(
  plan: ClusterPlan,
  deadline: number,
): Promise<Postmaster | string> {
  const port = await freePort();
  const log = openSync(plan.logFile, 'a', 0o600);
  const [program, args] = plan.account.command(plan.binaries.postgres, [
    '-D',
    plan.cluster,
    ...settingArguments({ ...serverSettings(port), ...plan.settings }),
  ]);
  const child = spawn(program, args, {
    ...plan.account.ids,
    cwd: '/',
    stdio: ['ignore', log, log],
    detached: true, // Ctrl-C in the terminal is for us; the last to leave stops the server
  });
  closeSync(log);
  child.unref();
  let ending: string | undefined;
  child.once('error', (error) => {
    ending = error.message;
  });
  child.once('exit', () => {
    ending ??= 'fin du journal';
  });
  while (Date.now() < deadline) {
    const found = readPostmaster(plan.cluster);
    if (found?.ready === true && found.pid === child.pid) return found;
    if (ending !== undefined) return `${ending}: ${endOf(plan.logFile)}`;
    await pause(20);
  }
  child.kill('SIGQUIT');
  return 'délai dépassé';
}

function endOf(logFile: string): string {
  return readFileSync(logFile, 'utf8').slice(-400);
}

function serverSettings(port: number): Record<string, string> {
  return {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    // Failing statements and their values are personal data: keep them out of the server's log.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_checkpoints: 'off',
  };
}

function settingArguments(settings: Record<string, string>): string[] {
  return Object.entries(settings).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        resolve(
          address !== null && typeof address === 'object' ? address.port : 0,
        );
      });
    });
  });
}

/** Stops a cluster's server: open transactions are rolled back, nothing committed is lost. */
export async function stopPostmaster(cluster: string): Promise<void> {
  const found = readPostmaster(cluster);
  if (found === undefined) return;
  process.kill(found.pid, 'SIGINT'); // "fast shutdown"
  await untilGone(cluster, found.pid);
}

async function untilGone(cluster: string, pid: number): Promise<void> {
  const deadline = Date.now() + START_PATIENCE_MS;
  while (readPostmaster(cluster)?.pid === pid) {
    if (Date.now() > deadline)
      throw new AppError(
        'unavailable',
        `Le serveur PostgreSQL ${pid} de ${cluster} ne s'arrête pas.`,
      );
    await pause(20);
  }
}
