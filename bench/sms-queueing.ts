import { createReadStream, createWriteStream, rmSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { figureOf } from './figures';
import type { BenchOptions, Figure } from './part';
import { queueTables } from './sms-sending';

/** A text of its own for each household: its amount, its window and its place. */
const queueAll = (rounds: number): string => `
  insert into messages (purpose, subject_id, round, msisdn, class, template, locale, text, encoding, segments, state,
    due_at, expires_at, written_at)
  select 'bench', p.wave_id, round, '+' || 22370000000 + h.id, 'reminder', 'bench', 'fr',
    'Jigisemejiri: ' || p.amount_xof || ' F CFA du ' || to_char(w.window_start, 'DD/MM') || ' au '
      || to_char(w.window_end, 'DD/MM') || ', ' || p.pay_point || '. Prenez votre carte.',
    'gsm7', 1, 'queued', now(), now() + interval '1 day', now()
  from payments p join households h on h.id = p.household_id join waves w on w.id = p.wave_id
    cross join generate_series(1, ${rounds}) round
  where w.code = 'OPEN'`;

/** Queueing by one statement, beside COPY of the very same rows into the very same table, in turn. */
export async function queueing(
  url: string,
  plan: { queueRounds: number; copies: number },
  folder: string,
  { say }: BenchOptions,
): Promise<Figure[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const file = path.join(folder, 'messages.copy');
  const ratios: number[] = [];
  try {
    for (let round = 0; round < plan.queueRounds; round += 1) {
      await client.query(`truncate ${queueTables}; checkpoint`);
      const insert = await timed(() => client.query(queueAll(plan.copies)));
      await pipeline(
        client.query(copyTo('copy messages to stdout (format binary)')),
        createWriteStream(file),
      );
      await client.query(`truncate ${queueTables}; checkpoint`);
      const copy = await timed(() =>
        pipeline(
          createReadStream(file),
          client.query(copyFrom('copy messages from stdin (format binary)')),
        ),
      );
      const { rows } = await client.query<{ count: number }>(
        'select count(*)::int as count from messages',
      );
      const count = rows[0]?.count ?? 0;
      say(
        `  ${count} rows: one statement ${(count / insert).toFixed(0)} rows/s, COPY ${(count / copy).toFixed(0)} rows/s`,
      );
      ratios.push(copy / insert);
    }
    return [figureOf('sms.queue.copy', ratios)];
  } finally {
    await client.query(`truncate ${queueTables}`);
    await client.end();
    rmSync(file, { force: true });
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}
