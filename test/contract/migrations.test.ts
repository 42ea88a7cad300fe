/** Every migration, one after the other: forward only, nothing lost on the way, and no long lock that it does not tell of. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { connectDatabase, type WalledDatabase } from '../../src/store/database';
import { migrations } from '../../src/store/migrate';
import { rowsAsOf } from '../support/rows-of-old';
import { createDatabase, type TestDatabase } from '../support/database';

const folder = join(__dirname, '../../src/store/migrations');
const names = readdirSync(folder).map((name) => name.replace(/\.ts$/, ''));
const textOf = (name: string) => readFileSync(join(folder, `${name}.ts`), 'utf8');

/** What takes away rows or columns, or what an older program still asks for. */
const destructive =
  /\b(drop\s+(table|column|schema|sequence|type)|truncate\s+(?!on\b)|delete\s+from|rename\s+(to|column)|alter\s+column\s+\S+\s+(set\s+data\s+)?type)\b/i;
const isStatement = (line: string) => !/^\s*(\*|\/\/)/.test(line);

describe('the migrations', () => {
  test('are numbered without a gap, and each file is applied in that order', () => {
    expect(names.map((name) => Number(name.slice(0, 4)))).toEqual(names.map((_, index) => index + 1));
    expect(migrations.map(([name]) => name)).toEqual(names);
  });

  test('go forward only', () => {
    expect(migrations.map(([, migration]) => Object.keys(migration))).toEqual(migrations.map(() => ['up']));
  });

  test.each(names)('%s destroys nothing', (name) => {
    const lines = textOf(name).split('\n').filter(isStatement);
    expect(lines.filter((line) => destructive.test(line))).toEqual([]);
  });

  test.each([
    'alter table links drop column status',
    'drop table records',
    'delete from journal where at < now()',
    'alter table runs rename column mode to kind',
    'alter table links alter column number type integer',
    'truncate deliveries',
  ])('the check finds: %s', (statement) => {
    expect(destructive.test(statement)).toBe(true);
  });
});

interface Table {
  readonly name: string;
  /** Changes when the table is written anew. */
  readonly file: number;
  readonly indexes: readonly string[];
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

async function tablesOf(db: WalledDatabase): Promise<ReadonlyMap<string, Table>> {
  const { rows: found } = await sql<Omit<Table, 'rows'>>`
    select c.relname as name, pg_relation_filenode(c.oid)::bigint as file,
      array(select i.indexrelid::regclass::text from pg_index i where i.indrelid = c.oid order by 1) as indexes
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'`.execute(
    db.acrossSites,
  );
  const tables = found.map(async (table): Promise<[string, Table]> => {
    const { rows } = await sql<{ row: Record<string, unknown> }>`
      select to_jsonb(t) as row from ${sql.table(table.name)} t`.execute(db.acrossSites);
    return [table.name, { ...table, rows: rows.map(({ row }) => row) }];
  });
  return new Map(await Promise.all(tables));
}

describe('applied one by one to a database with rows', () => {
  let database: TestDatabase;
  let db: WalledDatabase;
  const before = new Map<string, ReadonlyMap<string, Table>>();
  const after = new Map<string, ReadonlyMap<string, Table>>();

  beforeAll(async () => {
    database = await createDatabase();
    db = connectDatabase({ databaseUrl: database.url, poolSize: 4 });
    for (const [name, migration] of migrations) {
      before.set(name, await tablesOf(db));
      await db.acrossSites.transaction().execute((tx) => migration.up(tx));
      after.set(name, await tablesOf(db));
      for (const statement of rowsAsOf(name)) await statement.execute(db.acrossSites);
    }
  });
  afterAll(async () => {
    await db.close();
    await database.drop();
  });

  /** Of the tables that were there before. */
  const changed = (name: string, has: (old: Table, now: Table) => boolean): string[] =>
    [...(before.get(name) ?? [])].flatMap(([table, old]) => {
      const now = after.get(name)?.get(table);
      return now === undefined || has(old, now) ? [table] : [];
    });

  test('there are rows in most tables by then', () => {
    const filled = [...(before.get(names.at(-1) ?? '') ?? [])].filter(([, { rows }]) => rows.length > 0);
    expect(filled.length).toBeGreaterThan(20);
  });

  test.each(names)('%s leaves every value as it was', (name) => {
    const old = (rows: Table['rows'], like: Table['rows']) =>
      rows.map((row, index) =>
        Object.fromEntries(Object.keys(like[index] ?? {}).map((column) => [column, row[column]])),
      );
    for (const [table, { rows }] of before.get(name) ?? []) {
      expect([table, old(after.get(name)?.get(table)?.rows ?? [], rows)]).toEqual([table, rows]);
    }
  });

  test.each(names)('%s says whom it keeps out of a table that may be large', (name) => {
    const [comment = ''] = textOf(name).split('*/');
    const said = (who: string) => comment.replace(/\s*\n \* ?/g, ' ').includes(`keeps ${who} out`);
    const rewritten = changed(name, (old, now) => old.file !== now.file);
    const indexed = changed(name, (old, now) => now.indexes.some((index) => !old.indexes.includes(index)));
    expect([name, rewritten, said('everybody')]).toEqual([name, rewritten, rewritten.length > 0]);
    if (rewritten.length === 0) {
      expect([name, indexed, said('writers')]).toEqual([name, indexed, indexed.length > 0]);
    }
  });
});
