import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import pg from 'pg';
import { figureOf, median } from './figures';
import type { BenchOptions, Figure } from './part';
import type { QueueRun } from './programs/pg-boss-queue';
import type { SendAll } from './programs/sms-sender';
import { type Server, startProgram } from './servers';

/** The tables of the queue, which are emptied together. */
export const queueTables =
  'messages, open_messages, message_claims, message_provider_ids';

/** How much each contestant carries in one round; fewer of those that are slow. */
export interface SendingPlan {
  sendRounds: number;
  messages: number;
  personal: number;
  jobs: number;
}

/** Rows a second of one contestant, round by round. */
type Rates = Record<'together' | 'alone' | 'pgBoss' | 'bullmq', number[]>;

/**
 * The whole way of a message (claimed, begun, posted, marked) against a sink on loopback, beside two job queues that
 * hand out jobs and post nothing, in turn.
 */
export async function sending(
  { url, sink, redisUrl }: { url: string; sink: Server; redisUrl: string },
  plan: SendingPlan,
  { say }: BenchOptions,
): Promise<Figure[]> {
  const names = ['sms-sender', 'pg-boss-queue', 'bullmq-queue'];
  const [sender, pgBoss, bullmq] = names.map((name) => startProgram(name));
  if (!sender || !pgBoss || !bullmq) throw new Error('no programs');
  const rates: Rates = { together: [], alone: [], pgBoss: [], bullmq: [] };
  const send = async (count: number, isAlone: boolean): Promise<number> => {
    await fill(url, count, isAlone);
    const mostRecipients = isAlone ? 1 : 1_000;
    const asked = { databaseUrl: url, port: sink.port, mostRecipients, count };
    return count / (await ask(sender, asked satisfies SendAll));
  };
  try {
    for (let round = -1; round < plan.sendRounds; round += 1) {
      const { jobs } = plan;
      const seen = {
        together: await send(plan.messages, false),
        pgBoss: jobs / (await ask(pgBoss, { url, jobs } satisfies QueueRun)),
        bullmq: jobs / (await ask(bullmq, { url: redisUrl, jobs })),
        alone: await send(plan.personal, true),
      };
      // The first round only warms up.
      if (round < 0) continue;
      for (const name of Object.keys(seen) as (keyof Rates)[])
        rates[name].push(seen[name]);
    }
  } finally {
    for (const program of [sender, pgBoss, bullmq]) program.kill();
  }
  for (const [name, all] of Object.entries(rates))
    say(`  ${name.padEnd(8)} ${median(all).toFixed(0).padStart(7)} a second`);
  const over = (rival: keyof Rates): number[] =>
    rates.together.map((rate, at) => rate / (rates[rival][at] ?? Number.NaN));
  return [
    figureOf('sms.send.pgBoss', over('pgBoss')),
    figureOf('sms.send.bullmq', over('bullmq')),
    figureOf('sms.send.alone', over('alone')),
  ];
}

/** One answer to one question. @throws Error when the program ends without one */
async function ask(
  program: ChildProcess,
  asked: SendAll | QueueRun,
): Promise<number> {
  const told = once(program, 'message');
  const ended = once(program, 'exit').then(() => {
    throw new Error(`${program.spawnargs.join(' ')} ended`);
  });
  program.send(asked);
  // The programs answer with seconds and nothing else.
  const [seconds] = (await Promise.race([told, ended])) as [number];
  return seconds;
}

/** Queues so many, with one text for all or one each. */
export async function fill(
  url: string,
  count: number,
  isAlone: boolean,
): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`truncate ${queueTables}`);
    await client.query(
      `insert into messages (purpose, subject_id, msisdn, class, template, locale, text, encoding, segments, state,
         due_at, expires_at, written_at)
       select 'bench', 1, '+' || 22370000000 + n, 'campaign', 'bench', 'fr',
         'Jigisemejiri: paiement du 12/03 au 16/03 a la mairie de Kita-Ouest. Prenez votre carte.'
           || case when $2 then ' ' || n else '' end,
         'gsm7', 1, 'queued', now(), now() + interval '1 day', now() from generate_series(0, $1::int - 1) n`,
      [count, isAlone],
    );
    await client.query('vacuum analyze messages');
    await client.query('checkpoint');
  } finally {
    await client.end();
  }
}
