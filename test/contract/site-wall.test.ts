/** Postgres alone: a query that forgets its site finds that site's rows only, in every table that has one (ASVS 8.4.1). */
import { sql, type RawBuilder } from 'kysely';
import { postgresCode, withSite } from '../../src/store/transaction';
import { insertRow, openTwoWalledSites, tablesWithSite } from '../support/two-walled-sites';

let sites: Awaited<ReturnType<typeof openTwoWalledSites>>;

beforeAll(async () => {
  sites = await openTwoWalledSites();
});
afterAll(() => sites.close());

/** By table, as `a` works; whatever it does is undone. */
async function inEachTable<T>(work: (table: string) => Promise<T>): Promise<Record<string, T>> {
  const found: Record<string, T> = {};
  for (const table of sites.tables) found[table] = await work(table);
  return found;
}

const each = <T>(value: T): Record<string, T> =>
  Object.fromEntries(sites.tables.map((table) => [table, value]));

/** How many rows it reached, or Postgres's code of why it was refused. */
async function reached(statement: RawBuilder<unknown>): Promise<number | string> {
  class Undone extends Error {}
  let rows = 0;
  try {
    await withSite(sites.db, 'a', async (tx) => {
      rows = Number((await statement.execute(tx)).numAffectedRows);
      throw new Undone();
    });
  } catch (error) {
    if (!(error instanceof Undone)) return postgresCode(error) ?? 'unknown';
  }
  return rows;
}

const sitesIn = (table: string) => sql<{ site: string }>`select site from ${sql.table(table)} order by site`;
const insufficientPrivilege = '42501';
const refusedByTrigger = 'P0001';

test('it is tried on every table that has a site', () => {
  expect(sites.tables).toEqual(expect.arrayContaining(['sites', 'records', 'links', 'journal', 'audit']));
});

test('of two rows in each table, the owner sees both', async () => {
  const seen = await inEachTable(async (table) => (await sitesIn(table).execute(sites.db.acrossSites)).rows);
  expect(seen).toEqual(each([{ site: 'a' }, { site: 'b' }]));
});

test('a transaction of a site sees that site', async () => {
  const seen = await inEachTable((table) =>
    withSite(sites.db, 'a', async (tx) => (await sitesIn(table).execute(tx)).rows),
  );
  expect(seen).toEqual(each([{ site: 'a' }]));
});

test('so does a query on its own, with parameters and without', async () => {
  const seen = await inEachTable(async (table) => {
    const { rows: all } = await sitesIn(table).execute(sites.db.ofSite('a'));
    const { rows: other } = await sql`
      select from ${sql.table(table)} where site = ${'b'}`.execute(sites.db.ofSite('a'));
    return { all, other };
  });
  expect(seen).toEqual(each({ all: [{ site: 'a' }], other: [] }));
});

test('what a site changes or deletes without saying whose is its own', async () => {
  const changed = await inEachTable((table) => reached(sql`update ${sql.table(table)} set site = site`));
  const deleted = await inEachTable((table) => reached(sql`delete from ${sql.table(table)}`));
  expect(changed).toEqual({ ...each(1), audit: insufficientPrivilege, journal: refusedByTrigger });
  expect(deleted).toEqual({ ...each(1), audit: insufficientPrivilege, journal: insufficientPrivilege });
});

test('a row of another site is not written, and none is handed to it', async () => {
  const inserted = await inEachTable((table) =>
    withSite(sites.db, 'a', (tx) => insertRow(tx, table, 'b')).then(
      () => 'written',
      (error: unknown) => postgresCode(error),
    ),
  );
  const handed = await inEachTable((table) => reached(sql`update ${sql.table(table)} set site = 'c'`));
  expect(inserted).toEqual(each(insufficientPrivilege));
  expect(handed).toEqual({ ...each(insufficientPrivilege), journal: refusedByTrigger });
});

test('the next user of a connection inherits neither role nor site, after an error either', async () => {
  const whoAmI = sql<{ role: string; site: string | null }>`
    select current_user::text as role, nullif(current_setting('teamwork_desk_sync.site', true), '') as site`;
  const { rows: before } = await whoAmI.execute(sites.db.acrossSites);
  const within = await whoAmI.execute(sites.db.ofSite('a'));
  await expect(sql`select 1 / 0`.execute(sites.db.ofSite('a'))).rejects.toThrow('division by zero');
  await expect(withSite(sites.db, 'a', (tx) => sql`select 1 / 0`.execute(tx))).rejects.toThrow(
    'division by zero',
  );
  const after = await Promise.all([1, 2, 3, 4].map(() => whoAmI.execute(sites.db.acrossSites)));
  expect(within.rows).toEqual([{ role: `${before[0]?.role ?? ''}_site`, site: 'a' }]);
  expect(after.map(({ rows }) => rows)).toEqual([before, before, before, before]);
});

test('a site is a value, never a part of a statement', async () => {
  const hostile = `a'; reset role; --`;
  const seen = await withSite(sites.db, hostile, async (tx) => (await sitesIn('sites').execute(tx)).rows);
  expect(seen).toEqual([]);
  expect((await sitesIn('sites').execute(sites.db.ofSite(hostile))).rows).toEqual([]);
});

test('tables of no site are not for who works for one', async () => {
  const refused = await Promise.all(
    ['console_users', 'console_sessions', 'sign_in_links', 'migrations'].map((table) =>
      reached(sql`select from ${sql.table(table)}`),
    ),
  );
  expect(refused).toEqual(refused.map(() => insufficientPrivilege));
  expect(await reached(sql`create table of_my_own (site text)`)).toBe(insufficientPrivilege);
});

test('a table that is added without its wall is found by all of this', async () => {
  await sql`create table forgotten_wall (site text)`.execute(sites.db.acrossSites);
  await sql`grant select on forgotten_wall to public`.execute(sites.db.acrossSites);
  await sql`insert into forgotten_wall values ('a'), ('b')`.execute(sites.db.acrossSites);
  expect(await tablesWithSite(sites.db)).toContain('forgotten_wall');
  expect((await sitesIn('forgotten_wall').execute(sites.db.ofSite('a'))).rows).toHaveLength(2);
  await sql`drop table forgotten_wall`.execute(sites.db.acrossSites);
});
