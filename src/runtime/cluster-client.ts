import pg from 'pg';
import { CLUSTER_ROLE } from './postgres-cluster';

const DATABASE = 'jigi';

/** Says whether a port answers with our password for this very data directory. */
export async function servesCluster(
  port: number,
  password: string,
  cluster: string,
): Promise<boolean> {
  const client = maintenanceClient(port, password);
  try {
    await client.connect();
    const answer = await client.query<{ folder: string }>(
      "select current_setting('data_directory') as folder",
    );
    return answer.rows[0]?.folder === cluster;
  } catch {
    return false; // starting up, shutting down, or not ours
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Makes the service's database in a new cluster. */
export async function createDatabase(
  port: number,
  password: string,
): Promise<void> {
  const client = maintenanceClient(port, password);
  await client.connect();
  try {
    const found = await client.query(
      'select from pg_database where datname = $1',
      [DATABASE],
    );
    if (found.rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}

function maintenanceClient(port: number, password: string): pg.Client {
  return new pg.Client({
    connectionString: clusterUrl(port, password, 'postgres'),
    connectionTimeoutMillis: 3000,
  });
}

/** The address of a database of an embedded cluster. */
export function clusterUrl(
  port: number,
  password: string,
  database = DATABASE,
): string {
  return `postgresql://${CLUSTER_ROLE}:${password}@127.0.0.1:${port}/${database}`;
}
