/** Postgres alone: the role that keeps sites apart, made by whoever may, for whoever connects. */
import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { migrate } from '../../src/store/migrate';
import { openStore } from '../../src/store/open-store';
import { createDatabase, type TestDatabase } from '../support/database';
import { aNewSite } from '../support/store-world';

let database: TestDatabase;
let administrator: Client;
/** The database user of a deployment, who owns the database. */
let user: string;
let url: string;

beforeEach(async () => {
  database = await createDatabase();
  administrator = new Client({ connectionString: database.url });
  await administrator.connect();
  user = `sync_${randomBytes(6).toString('hex')}`;
  const password = randomBytes(12).toString('hex');
  await administrator.query(`create role ${user} login password '${password}'`);
  await administrator.query(`alter database ${new URL(database.url).pathname.slice(1)} owner to ${user}`);
  const address = new URL(database.url);
  address.username = user;
  address.password = password;
  url = address.href;
});
afterEach(async () => {
  for (const role of [user, `${user}_site`]) {
    const { rowCount } = await administrator.query('select from pg_roles where rolname = $1', [role]);
    if (rowCount === 0) continue;
    // Of all that it has elsewhere, too: the database is the only place.
    await administrator.query(`reassign owned by ${role} to current_user`);
    await administrator.query(`drop owned by ${role}`);
  }
  await administrator.query(`drop role if exists ${user}_site`);
  await administrator.query(`drop role ${user}`);
  await administrator.end();
  await database.drop();
});

/** Two sites are made, and each is read as itself. */
async function sitesRead(): Promise<readonly (string | undefined)[]> {
  const opened = await openStore({ databaseUrl: url, encryptionKeys: [Buffer.alloc(32, 7)], settleMs: 0 });
  try {
    const sites = [aNewSite(), aNewSite()];
    for (const site of sites) await opened.store.addSite(site);
    const read = await Promise.all(sites.map(({ id }) => opened.store.site(id)));
    return read.map((site, index) => (site?.id === sites[index]?.id ? 'itself' : site?.id));
  } finally {
    await opened.close();
  }
}

test('a user who may not make roles is told what an administrator does, and after that it works', async () => {
  await expect(migrate(url)).rejects.toThrow(
    `create role "${user}_site" nologin; grant "${user}_site" to "${user}"; then migrate again`,
  );
  await administrator.query(`create role "${user}_site" nologin; grant "${user}_site" to "${user}"`);
  await migrate(url);
  expect(await sitesRead()).toEqual(['itself', 'itself']);
});

test('a user who may make roles needs nobody', async () => {
  await administrator.query(`alter role ${user} createrole`);
  await migrate(url);
  expect(await sitesRead()).toEqual(['itself', 'itself']);
});

test('a database restored where the role is not known gets it at the next migration', async () => {
  await administrator.query(`alter role ${user} createrole`);
  await migrate(url);
  await administrator.query(`drop owned by ${user}_site`);
  await administrator.query(`drop role ${user}_site`);
  await expect(sitesRead()).rejects.toThrow(`${user}_site`);
  expect(await migrate(url)).toEqual([]);
  expect(await sitesRead()).toEqual(['itself', 'itself']);
});

test.each([
  [
    'sees past row-level security',
    () => `create role ${user}_site nologin bypassrls; grant ${user}_site to ${user}`,
  ],
  ['is a superuser', () => `create role ${user}_site nologin superuser; grant ${user}_site to ${user}`],
  [
    'has the rights of the owner',
    () => `alter role ${user} superuser; create role ${user}_site nologin; grant ${user} to ${user}_site`,
  ],
])('a role that %s is not taken', async (_what, statements) => {
  await administrator.query(statements());
  await expect(migrate(url)).rejects.toThrow('sees the rows of every site');
});
