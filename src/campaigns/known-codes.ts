import type { Database } from '../runtime/database';
import type { Audience } from './audience';

/** Tables whose codes an audience may name, with the French word for one of their rows. */
const tables = [
  ['rules', 'benefit_rules', 'règle de prestation'],
  ['waves', 'waves', 'vague'],
  ['distributions', 'distributions', 'distribution'],
  ['sessions', 'support_sessions', 'séance'],
] as const;

/** A sentence for each code of an audience under which there is nothing: it would reach nobody, and say nothing of it. */
export async function unknownCodes(
  { pool }: Pick<Database, 'pool'>,
  audience: Audience,
): Promise<string[]> {
  const sentences: string[] = [];
  for (const [field, table, word] of tables) {
    const codes = audience[field];
    if (codes === undefined) continue;
    const { rows } = await pool.query<{ code: string }>(
      `select wanted.code from unnest($1::text[]) wanted (code)
       where not exists (select from ${table} known where known.code = wanted.code)`,
      [codes],
    );
    for (const { code } of rows)
      sentences.push(`Le public: il n'y a pas de ${word} « ${code} ».`);
  }
  return sentences;
}
