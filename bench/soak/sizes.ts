/** How large the store's tables are. */
import { Client } from 'pg';

/** Tables that keep what happened: they grow with every edit, for as long as it is kept. */
const history = ['journal', 'deliveries', 'intents', 'plans', 'guarded_changes', 'audit'];

export interface StoreSize {
  /** Of what happened. */
  readonly historyBytes: number;
  /** Of what is. */
  readonly stateBytes: number;
  readonly records: number;
  readonly tables: Readonly<Record<string, number>>;
}

export async function storeSize(databaseUrl: string): Promise<StoreSize> {
  const db = new Client({ connectionString: databaseUrl });
  // A server that is killed ends the connection a second time, by an event.
  db.on('error', () => undefined);
  await db.connect();
  try {
    const sized = await db.query<{ name: string; bytes: string }>(
      `select relname as name, pg_total_relation_size(oid) as bytes from pg_class
        where relkind = 'r' and relnamespace = 'public'::regnamespace`,
    );
    const counted = await db.query<{ records: number }>('select count(*)::int as records from records');
    const tables = Object.fromEntries(sized.rows.map(({ name, bytes }) => [name, Number(bytes)]));
    const sum = (isCounted: (name: string) => boolean) =>
      Object.entries(tables).reduce((all, [name, bytes]) => all + (isCounted(name) ? bytes : 0), 0);
    return {
      historyBytes: sum((name) => history.includes(name)),
      stateBytes: sum((name) => !history.includes(name)),
      records: counted.rows[0]?.records ?? 0,
      tables,
    };
  } finally {
    await db.end();
  }
}
