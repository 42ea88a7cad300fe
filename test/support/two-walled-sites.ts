/** A database in which every table that has a site holds one row of `a` and one of `b`, whatever its columns are. */
import { sql } from 'kysely';
import { connectDatabase, type WalledDatabase } from '../../src/store/database';
import type { Tx } from '../../src/store/transaction';
import { createMigratedDatabase } from './database';

/** Anything that the type takes. */
const values: Readonly<Record<string, string>> = {
  text: `'x'`,
  bytea: `'x'`,
  bigint: '1',
  integer: '1',
  smallint: '1',
  boolean: 'false',
  jsonb: `'{}'`,
  uuid: 'gen_random_uuid()',
  'timestamp with time zone': 'now()',
  ARRAY: `'{}'`,
};

export async function openTwoWalledSites() {
  const database = await createMigratedDatabase();
  const db = connectDatabase({ databaseUrl: database.url, poolSize: 2 });
  const tables = await tablesWithSite(db);
  for (const table of tables) await dropChecks(db, table);
  for (const table of tables) {
    await db.acrossSites.transaction().execute(async (tx) => {
      for (const site of ['a', 'b']) await insertRow(tx, table, site);
    });
  }
  return {
    db,
    tables,
    close: async () => {
      await db.close();
      await database.drop();
    },
  };
}

export async function tablesWithSite(db: WalledDatabase): Promise<readonly string[]> {
  const { rows } = await sql<{ table: string }>`
    select c.table_name as table from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and c.column_name = 'site' and t.table_type = 'BASE TABLE'
    order by c.table_name`.execute(db.acrossSites);
  return rows.map(({ table }) => table);
}

/** Rows made up keep to no rule of the schema but that of its wall: unique constraints stay, so each site has one. */
async function dropChecks(db: WalledDatabase, table: string): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select conname as name from pg_constraint
    where conrelid = ${table}::regclass and contype in ('c', 'f')`.execute(db.acrossSites);
  for (const { name } of rows) {
    await sql`alter table ${sql.table(table)} drop constraint ${sql.ref(name)}`.execute(db.acrossSites);
  }
}

export async function insertRow(tx: Tx, table: string, site: string): Promise<void> {
  const { rows } = await sql<{ column: string; type: string }>`
    select column_name as column, data_type as type from information_schema.columns
    where table_schema = 'public' and table_name = ${table} and column_name <> 'site'
      and is_nullable = 'NO' and column_default is null and is_identity = 'NO' and is_generated = 'NEVER'`.execute(
    tx,
  );
  const columns = rows.map(({ column }) => sql.ref(column));
  const filled = rows.map(({ column, type }) => {
    // Some are unique over all sites.
    if (type === 'text') return sql.lit(`${site} ${column}`);
    const value = values[type];
    if (value === undefined)
      throw new Error(`${table}.${column} is of type ${type}; say here what it may hold.`);
    return sql.raw(value);
  });
  await sql`
    insert into ${sql.table(table)} (${sql.join([sql.ref('site'), ...columns])})
    values (${sql.join([sql`${site}`, ...filled])})`.execute(tx);
}
