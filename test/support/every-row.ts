/** All that a database holds, as a dump of it would: every row of every table, in words. */
import { Client } from 'pg';

export async function everyRow(databaseUrl: string): Promise<Record<string, readonly string[]>> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `select table_name as name from information_schema.tables
        where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
    );
    const found: Record<string, readonly string[]> = {};
    for (const { name } of tables) {
      const { rows } = await client.query<{ row: string }>(
        `select to_jsonb(t)::text as row from "${name}" t`,
      );
      found[name] = rows.map(({ row }) => row).sort();
    }
    return found;
  } finally {
    await client.end();
  }
}
