/** An older copy of a database put in place of what it holds now, as an operator restores a backup. */
import { Client, DatabaseError } from 'pg';

interface Column {
  readonly table: string;
  readonly columns: string;
}

/** Answers what puts the database back to how it was when this was called. */
export async function copyOf(databaseUrl: string): Promise<() => Promise<void>> {
  await withClient(databaseUrl, async (client) => {
    await client.query('create schema copy');
    for (const { table, columns } of await tablesOf(client)) {
      await client.query(`create table copy.${table} as select ${columns} from public.${table}`);
    }
    await client.query(
      `create table copy.sequence_values as select sequencename as name, last_value as value from pg_sequences
        where schemaname = 'public'`,
    );
  });
  return async () => {
    while (!(await isPutBack(databaseUrl)));
  };
}

/** A worker goes on meanwhile: of two that wait for each other's tables Postgres ends one, and that may be this one. */
async function isPutBack(databaseUrl: string): Promise<boolean> {
  try {
    await withClient(databaseUrl, putBack);
    return true;
  } catch (error) {
    if (error instanceof DatabaseError && error.code === '40P01') return false;
    throw error;
  }
}

async function putBack(client: Client): Promise<void> {
  const tables = await tablesOf(client);
  await client.query('begin');
  // A restore asks no trigger and no order of the tables.
  await client.query(`set local session_replication_role = 'replica'`);
  await client.query(`truncate ${tables.map(({ table }) => `public.${table}`).join(', ')}`);
  for (const { table, columns } of tables) {
    await client.query(
      `insert into public.${table} (${columns}) overriding system value select ${columns} from copy.${table}`,
    );
  }
  await client.query(
    `select setval(format('public.%I', name)::regclass, value) from copy.sequence_values where value is not null`,
  );
  await client.query('commit');
}

/** How often the watch has raised what it remembers outside the database (DESIGN §3). */
export async function epochIn(databaseUrl: string, site: string): Promise<number> {
  let epoch = 0;
  await withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ epoch: string }>('select epoch from epochs where site = $1', [
      site,
    ]);
    epoch = Number(rows[0]?.epoch ?? 0);
  });
  return epoch;
}

async function tablesOf(client: Client): Promise<readonly Column[]> {
  const { rows } = await client.query<Column>(`
    select c.table_name as table, string_agg(format('%I', c.column_name), ', ' order by c.ordinal_position) as columns
    from information_schema.columns c
    join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.is_generated = 'NEVER'
    group by c.table_name`);
  return rows;
}

async function withClient(databaseUrl: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
