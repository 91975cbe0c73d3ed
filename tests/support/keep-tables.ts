import pg from 'pg';

/** A state of the tables that tests come back to. */
export interface KeptTables {
  /** Puts it back, in a few milliseconds: what stories tell is told once. */
  restore(): Promise<void>;
  close(): Promise<void>;
}

/** Keeps what the tables of a database hold now, in a connection of its own. It must be a superuser's. */
export async function keepTables(url: string): Promise<KeptTables> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(keepSql);
  return {
    async restore() {
      await client.query(restoreSql);
    },
    close: () => client.end(),
  };
}

const tables = `select tablename as name from pg_tables
  where schemaname = 'public' and tablename <> '_prisma_migrations'`;

const keepSql = `do $$
  declare found record;
  begin
    for found in ${tables} loop
      execute format('create temp table %I as table public.%I', 'kept_' || found.name, found.name);
    end loop;
    create temp table kept_counters as
      select format('%I.%I', schemaname, sequencename) as name, last_value as value
      from pg_sequences where schemaname = 'public';
  end $$`;

/** Neither keys nor triggers have a say: what is put back stood there before. */
const restoreSql = `do $$
  declare found record;
  begin
    set local session_replication_role = replica;
    for found in select t.name, (select string_agg(format('%I', attname), ', ') from pg_attribute
        where attrelid = format('public.%I', t.name)::regclass and attnum > 0 and not attisdropped
          and attgenerated = '') as columns from (${tables}) t loop
      execute format('delete from public.%I', found.name);
      execute format('insert into public.%I (%s) overriding system value select %s from pg_temp.%I',
        found.name, found.columns, found.columns, 'kept_' || found.name);
    end loop;
    perform setval(name::regclass, coalesce(value, 1), value is not null) from kept_counters;
  end $$`;
