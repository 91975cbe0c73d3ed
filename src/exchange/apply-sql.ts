import { byWholeKey, type Target } from './targets';

/**
 * The statement that takes every row of a round for new; a row whose parent is not known is left for `judgeSql`.
 * Most rows of a first import are new: none is looked up, for the key's own index refuses the statement
 * (`unique_violation`) where the store has one of them. A fact is looked up, as an older one does not stand in its
 * way. It answers `added`, how many rows were brought in, where a further statement follows, and counts them as
 * its rows elsewhere. Parameters: $1 the round, and $2 the instant of the import where it is kept.
 * @param also a further statement over `written`, the new rows' id, phone and its owner
 */
export function insertNewSql(target: Target, also?: string): string {
  const { table, keeps, parents } = target;
  const written = writtenColumns(target);
  const insert = `insert into ${table} (${Object.keys(written).join(', ')})
  select ${Object.values(written).join(', ')} from staged s
  ${parents.map(({ joined }) => `join ${joined}`).join('\n  ')}
  where s.round = $1${keeps === 'fact' ? ` and not exists (select from ${table} t where ${matching(target)})` : ''}`;
  if (also === undefined) return insert;
  return `with written as (${insert} returning id, register_msisdn, register_phone_kind),
further as (${also})
select count(*)::int as added from written`;
}

/**
 * The statement that judges every row of a round against what the store has, brings in the new ones,
 * changes the older ones, and answers how many rows met which verdict; a row that the store has is
 * `unchanged`. A verdict other than created, updated, unchanged and stale is the key of a sentence, and
 * its lines are answered too. Parameters as for `insertNewSql`.
 * @param also further statements over `judged` and `written`, the new rows
 */
export function judgeSql(target: Target, also: readonly string[] = []): string {
  const { table, keeps, parents } = target;
  const written = writtenColumns(target);
  const columns = Object.keys(written);
  const chosen = columns.map(
    (column) => `${written[column] ?? ''} as ${column}`,
  );
  const isFact = keeps === 'fact';
  const fresh = isFact ? "in ('created', 'updated')" : "= 'created'";
  const changed = isFact
    ? ''
    : `, changed as (
  update ${table} t set ${columns.map((column) => `${column} = j.${column}`).join(', ')}
  from judged j where j.verdict = 'updated' and t.id = j.target_id)`;
  return `with judged as materialized (
  select s.line, t.id as target_id, ${oldPhone(target)}${chosen.join(', ')},
    case ${unknownParents(target)}${verdicts(target)} end as verdict
  from staged s
  ${parents.map(({ joined }) => `left join ${joined}`).join('\n  ')}
  left join ${stored(target)}
  where s.round = $1
), written as (
  insert into ${table} (${columns.join(', ')})
  select ${columns.join(', ')} from judged where verdict ${fresh}
  returning *
)${changed}${also.map((statement) => `, ${statement}`).join('')}
select verdict, count(*)::int as rows,
  case when verdict in ('created', 'updated', 'unchanged', 'stale') then null else array_agg(line) end as lines
from judged group by verdict`;
}

/** The columns that are written, with the SQL of their values. */
function writtenColumns(target: Target): Readonly<Record<string, string>> {
  const { key, values, keeps, hasImportedAt } = target;
  return {
    ...key,
    ...values,
    ...(keeps === 'undated' ? {} : { updated_at: 's.updated_at' }),
    ...(hasImportedAt === true ? { imported_at: '$2::timestamptz' } : {}),
  };
}

function matching({ key }: Target): string {
  return Object.entries(key)
    .map(([column, value]) => `t.${column} = ${value}`)
    .join(' and ');
}

/** What the store has under the key: the row, or the newest of the facts. */
function stored(target: Target): string {
  const { table, keeps } = target;
  const on = matching(target);
  return keeps === 'fact'
    ? `lateral (select t.* from ${table} t where ${on} order by t.updated_at desc limit 1) t on true`
    : byWholeKey(table, 't', on);
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
  return keeps === 'undated'
    ? `when t.id is null then 'created' when ${isSame} then 'unchanged' else 'updated'`
    : `when t.id is null then 'created'
    when s.updated_at < t.updated_at then 'stale'
    when s.updated_at > t.updated_at then 'updated'
    when ${isSame} then 'unchanged' else 'sameDateOtherContent'`;
}

/** Links follow the register only where its own word changed. */
function oldPhone({ table }: Target): string {
  return table === 'households'
    ? 't.register_msisdn as old_msisdn, t.register_phone_kind as old_kind, '
    : '';
}
