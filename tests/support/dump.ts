import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { Redis } from '../../src/runtime/redis';

/** Every row of every table as COPY writes it, by table. */
export type TableDump = ReadonlyMap<string, readonly string[]>;

/** Takes what a thief of the database's dump would have, on a connection of its own. */
export async function dumpTables(url: string): Promise<TableDump> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'public' order by 1`,
    );
    const dump = new Map<string, readonly string[]>();
    for (const { name } of rows) {
      const copied = await text(
        client.query(copyTo(`copy "${name}" to stdout`)),
      );
      dump.set(name, copied.split('\n').filter(Boolean).sort());
    }
    return dump;
  } finally {
    await client.end();
  }
}

/** `<table>: <row>` of each row that one dump has and the other has not. */
export function rowsOnlyIn(one: TableDump, other: TableDump): string[] {
  return [...one].flatMap(([table, rows]) => {
    const known = new Set(other.get(table));
    return rows
      .filter((row) => !known.has(row))
      .map((row) => `${table}: ${row}`);
  });
}

/**
 * What whoever may query the live store sees besides: where each row lies, and the place of the transaction that
 * wrote it among all whose rows are there. What is drawn or hashed is masked by its length.
 */
export async function watchTables(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'public'
       and tablename <> '_prisma_migrations' order by 1`,
    );
    const seen = tables.rows.map(
      ({ name }) =>
        `select '${name}' as name, ctid, age(xmin) as age, t::text as row from ${name} t`,
    );
    const { rows } = await client.query<{ line: string }>(
      `select name || ctid::text || ' #' || dense_rank() over (order by age desc) || ' ' || row as line
       from (${seen.join(' union all ')}) seen order by name, ctid`,
    );
    return rows.map(({ line }) =>
      line
        .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<uuid>')
        .replace(/[\w-]{40,}/g, (drawn) => `<${drawn.length}>`)
        .replace(/\\x[0-9a-f]{16,}/g, (bytes) => `<${bytes.length}>`)
        // Clocks of tests stand on whole seconds.
        .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+\+00/g, '<server time>'),
    );
  } finally {
    await client.end();
  }
}

/** Everything that Redis holds, keys and values, as bytes read as letters. */
export async function dumpRedis(redis: Redis): Promise<string> {
  return redis.run(async (client) => {
    const keys = await client.keys('*');
    const values = await Promise.all(
      keys.map(async (key) => [key, await client.sendCommand(['DUMP', key])]),
    );
    return JSON.stringify(values);
  });
}

/** The files of a folder, and of those in it, that hold some bytes. */
export async function filesHolding(
  folder: string,
  needle: string,
): Promise<string[]> {
  const entries = await readdir(folder, {
    recursive: true,
    withFileTypes: true,
  });
  const found: string[] = [];
  for (const entry of entries.filter((one) => one.isFile())) {
    const file = path.join(entry.parentPath, entry.name);
    if (await holds(file, needle)) found.push(file);
  }
  return found;
}

/** A file may go while it is looked for: it holds nothing then. */
async function holds(file: string, needle: string): Promise<boolean> {
  let rest = '';
  try {
    for await (const chunk of createReadStream(file, 'latin1')) {
      const all = rest + String(chunk);
      if (all.includes(needle)) return true;
      rest = all.slice(-needle.length);
    }
  } catch (error) {
    // Jest's Error is not the one that Node's own modules throw.
    if (Reflect.get(Object(error), 'code') !== 'ENOENT') throw error;
  }
  return false;
}
