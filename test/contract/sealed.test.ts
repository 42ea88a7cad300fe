/** Postgres alone: what is encrypted for one site opens for no other, wherever somebody puts it (ASVS 11.3). */
import { sql } from 'kysely';
import { connectDatabase, type WalledDatabase } from '../../src/store/database';
import { openStore, type OpenStore } from '../../src/store/open-store';
import { createMigratedDatabase, type TestDatabase } from '../support/database';
import { aNewSite } from '../support/store-world';

let database: TestDatabase;
let db: WalledDatabase;
let opened: OpenStore;

beforeEach(async () => {
  database = await createMigratedDatabase();
  db = connectDatabase({ databaseUrl: database.url, poolSize: 1 });
  opened = await openStore({
    databaseUrl: database.url,
    encryptionKeys: [Buffer.alloc(32, 7)],
    settleMs: 0,
  });
  for (const id of ['a', 'b']) {
    const credentials = { teamwork: `teamwork of ${id}`, desk: `desk of ${id}` };
    await opened.store.addSite(aNewSite({ id, url: `https://${id}.test`, credentials }));
    await opened.store.ensureHookSecrets(id, 'teamwork');
    await opened.store.ensureHookSecrets(id, 'desk');
  }
});
afterEach(async () => {
  await opened.close();
  await db.close();
  await database.drop();
});

const credentials = (site: string) => opened.store.credentials(site);
const secrets = (site: string) => opened.store.hookSecrets(site, 'desk');

test('left where it is, all of it opens', async () => {
  expect(await credentials('a')).toEqual({ teamwork: 'teamwork of a', desk: 'desk of a' });
  expect((await secrets('a'))?.current).toMatch(/^[0-9a-f]{64}$/);
});

test.each([
  [
    'the credentials of another site',
    'a',
    sql`update sites a set teamwork_credential = b.teamwork_credential, desk_credential = b.desk_credential
      from sites b where a.site = 'a' and b.site = 'b'`,
    credentials,
  ],
  [
    "the other side's credential",
    'a',
    sql`update sites set teamwork_credential = desk_credential, desk_credential = teamwork_credential`,
    credentials,
  ],
  [
    'a credential with one bit turned',
    'a',
    sql`update sites set desk_credential = set_bit(desk_credential, 100, 1 - get_bit(desk_credential, 100))`,
    credentials,
  ],
  [
    "another site's secret of its hooks",
    'a',
    sql`update hook_sides a set secret = b.secret from hook_sides b
      where a.site = 'a' and b.site = 'b' and a.side = b.side`,
    secrets,
  ],
  [
    'a credential where the secret of hooks belongs',
    'a',
    sql`update hook_sides h set secret = s.desk_credential from sites s where s.site = h.site and h.side = 'desk'`,
    secrets,
  ],
  ['all the rows of another site', 'c', sql`update sites set site = 'c' where site = 'd'`, credentials],
])('%s is refused', async (_what, site, moved, open) => {
  if (site === 'c') {
    // A row of no other table, so that it can change its name.
    await opened.store.addSite(aNewSite({ id: 'd' }));
    await sql`delete from budgets where site = 'd'`.execute(db.acrossSites);
  }
  const { numAffectedRows } = await moved.execute(db.acrossSites);
  expect(Number(numAffectedRows)).toBeGreaterThan(0);
  await expect(open(site)).rejects.toThrow(/authenticate/);
});
