import type { Target } from './targets';

/**
 * The statement that applies the staged rows of one round: it judges every row against what the store
 * has, inserts the new ones, changes the older ones, and answers how many rows met which verdict.
 * A verdict other than created, updated, unchanged and stale is the key of a sentence, and its lines
 * are answered too. Parameters: $1 the round, $2 the instant of the import.
 * @param also further statements over `judged` and `written` (the new rows, with all their columns)
 */
export function applySql(target: Target, also: readonly string[] = []): string {
  const { table, keeps, key, values } = target;
  const written: Readonly<Record<string, string>> = {
    ...key,
    ...values,
    ...(keeps === 'undated' ? {} : { updated_at: 's.updated_at' }),
  };
  const columns = Object.keys(written);
  const chosen = columns.map(
    (column) => `${written[column] ?? ''} as ${column}`,
  );
  const stamp = target.hasImportedAt === true;
  const all = stamp ? [...columns, 'imported_at'] : columns;
  const source = stamp ? [...columns, '$2::timestamptz'] : columns;
  const adds =
    keeps === 'fact'
      ? "verdict in ('created', 'updated')"
      : "verdict = 'created'";
  return `with judged as materialized (
  select s.line, t.id as target_id, ${oldPhone(target)}${chosen.join(', ')},
    case ${unknownParents(target)}${verdicts(target)} end as verdict
  from staged s
  ${target.parents.map(({ table: parent, alias, on }) => `left join ${parent} ${alias} on ${on}`).join('\n  ')}
  left join ${stored(target)}
  where s.round = $1
), written as (
  insert into ${table} (${all.join(', ')})
  select ${source.join(', ')} from judged where ${adds}
  returning *
)${
    keeps === 'fact'
      ? ''
      : `, changed as (
  update ${table} t set ${[...columns.map((column) => `${column} = j.${column}`), ...(stamp ? ['imported_at = $2::timestamptz'] : [])].join(', ')}
  from judged j where j.verdict = 'updated' and t.id = j.target_id
)`
  }${also.map((statement) => `, ${statement}`).join('')}
select verdict, count(*)::int as rows,
  case when verdict in ('created', 'updated', 'unchanged', 'stale') then null
    else array_agg(line) end as lines
from judged group by verdict`;
}

/** What the store has under the key: the row, or the newest of the facts. */
function stored({ table, key, keeps }: Target): string {
  const matches = Object.entries(key)
    .map(([column, value]) => `o.${column} = ${value}`)
    .join(' and ');
  return keeps === 'fact'
    ? `lateral (select o.* from ${table} o where ${matches} order by o.updated_at desc limit 1) t on true`
    : `${table} t on ${matches.replaceAll('o.', 't.')}`;
}

function unknownParents({ parents }: Target): string {
  return parents
    .map(({ alias, unknown }) => `when ${alias}.id is null then '${unknown}' `)
    .join('');
}

function verdicts({ values, keeps }: Target): string {
  const columns = Object.keys(values);
  const ours = columns.map((column) => values[column]).join(', ');
  const theirs = columns.map((column) => `t.${column}`).join(', ');
  const isSame = `row(${ours}) is not distinct from row(${theirs})`;
  const isNew = `when t.id is null then 'created'`;
  return keeps === 'undated'
    ? `${isNew} when ${isSame} then 'unchanged' else 'updated'`
    : `${isNew} when s.updated_at < t.updated_at then 'stale'
    when s.updated_at > t.updated_at then 'updated'
    when ${isSame} then 'unchanged' else 'sameDateOtherContent'`;
}

/** Links follow the register only where its own word changed. */
function oldPhone({ table }: Target): string {
  return table === 'households'
    ? 't.register_msisdn as old_msisdn, t.register_phone_kind as old_kind, '
    : '';
}
