/** Postgres alone: another encryption key takes over while everything goes on, and nothing has to be connected again. */
import { sql } from 'kysely';
import { connectDatabase, type WalledDatabase } from '../../src/store/database';
import { openStore, type OpenStore } from '../../src/store/open-store';
import { createMigratedDatabase, type TestDatabase } from '../support/database';
import { aNewSite } from '../support/store-world';

const [former, newest, strange] = [Buffer.alloc(32, 7), Buffer.alloc(32, 8), Buffer.alloc(32, 9)];

let database: TestDatabase;
let db: WalledDatabase;
const opened: OpenStore[] = [];

async function withKeys(...encryptionKeys: readonly Buffer[]): Promise<OpenStore> {
  const one = await openStore({ databaseUrl: database.url, encryptionKeys, settleMs: 0 });
  opened.push(one);
  return one;
}

/** All that is sealed for one site, as it opens. */
const secretsOf = async ({ store }: OpenStore, site: string) => ({
  credentials: await store.credentials(site),
  teamwork: await store.hookSecrets(site, 'teamwork'),
  desk: await store.hookSecrets(site, 'desk'),
});

beforeEach(async () => {
  database = await createMigratedDatabase();
  db = connectDatabase({ databaseUrl: database.url, poolSize: 1 });
  const { store } = await withKeys(former);
  for (const id of ['a', 'b']) {
    const credentials = { teamwork: `teamwork of ${id}`, desk: `desk of ${id}` };
    await store.addSite(aNewSite({ id, url: `https://${id}.test`, credentials }));
    await store.ensureHookSecrets(id, 'teamwork');
    await store.ensureHookSecrets(id, 'desk');
  }
  // Half-way through an exchange of its own: two secrets are valid.
  await store.rotateHookSecret('a', 'desk');
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
  await db.close();
  await database.drop();
});

test('what was sealed under a former key opens beside the newest, and says so', async () => {
  const before = await secretsOf(await withKeys(former), 'a');
  const both = await withKeys(newest, former);
  expect(await secretsOf(both, 'a')).toEqual(before);
  const standing = await both.keys.keyStanding('a');
  expect([standing.former.length, standing.missing]).toEqual([1, []]);
  expect(await (await withKeys(newest)).keys.keyStanding('a')).toEqual({
    newest: standing.newest,
    former: [],
    missing: standing.former,
  });
});

test('once encrypted anew the newest key opens all of it alone, unchanged, and the former one nothing', async () => {
  const [before, both] = [await secretsOf(await withKeys(former), 'a'), await withKeys(newest, former)];
  expect(before.desk?.previous).toMatch(/^[0-9a-f]{64}$/);
  expect(await both.keys.encryptAnew('a')).toBe(5);
  expect(await both.keys.encryptAnew('a')).toBe(0);
  const alone = await withKeys(newest);
  expect(await secretsOf(alone, 'a')).toEqual(before);
  expect(await alone.keys.keyStanding('a')).toMatchObject({ former: [], missing: [] });
  const late = await withKeys(former);
  await expect(late.store.credentials('a')).rejects.toThrow(/are sealed with key/);
  await expect(late.store.hookSecrets('a', 'desk')).rejects.toThrow(/is sealed with key/);
  // Nobody has asked for this one yet.
  expect(await secretsOf(late, 'b')).toEqual(await secretsOf(both, 'b'));
});

test('whatever is sealed from now on is under the newest key', async () => {
  const both = await withKeys(newest, former);
  const credentials = { teamwork: 'another', desk: 'another' };
  await both.store.reconnectSite(aNewSite({ id: 'a', url: 'https://a.test', credentials }));
  await both.store.rotateHookSecret('a', 'teamwork');
  await both.store.addSite(aNewSite({ id: 'c' }));
  const alone = await withKeys(newest);
  expect(await alone.store.credentials('a')).toEqual(credentials);
  // Its former secret came along, for the vendor still signs with it.
  const before = await (await withKeys(former)).store.hookSecrets('b', 'teamwork');
  await both.store.rotateHookSecret('b', 'teamwork');
  expect(await alone.store.hookSecrets('b', 'teamwork')).toMatchObject({ previous: before?.current });
  expect(await alone.keys.keyStanding('c')).toMatchObject({ former: [], missing: [] });
});

test('while keys are exchanged nobody who has both misses a secret, nor loses a change', async () => {
  const both = await withKeys(newest, former);
  const { desk } = await secretsOf(both, 'a');
  let reads = 0;
  const over = new AbortController();
  const reading = (async () => {
    while (!over.signal.aborted) {
      expect((await secretsOf(both, 'a')).desk).toEqual(desk);
      reads++;
    }
  })();
  const changes = Array.from({ length: 20 }, async (_, n) => {
    await both.store.rotateHookSecret('b', 'desk');
    const { current = '' } = (await both.store.hookSecrets('b', 'desk')) ?? {};
    await both.store.confirmHookSecret('b', 'desk', current);
    const credentials = { teamwork: `${n}`, desk: `${n}` };
    await both.store.reconnectSite(aNewSite({ id: 'b', url: 'https://b.test', credentials }));
  });
  const exchanges = ['a', 'b', 'a', 'b'].map((site) => both.keys.encryptAnew(site));
  await Promise.all([...exchanges, ...changes]);
  over.abort();
  await reading;
  expect(reads).toBeGreaterThan(0);
  for (const id of ['a', 'b']) await both.keys.encryptAnew(id);
  const alone = await withKeys(newest);
  expect(await secretsOf(alone, 'b')).toEqual(await secretsOf(both, 'b'));
});

test('what lies under a key that is missing stays as it is', async () => {
  const [stranger, both] = [await withKeys(strange), await withKeys(newest, former)];
  await stranger.store.addSite(aNewSite({ id: 'c' }));
  expect(await both.keys.encryptAnew('c')).toBe(0);
  expect((await both.keys.keyStanding('c')).missing).toHaveLength(1);
  expect(await stranger.store.credentials('c')).toMatchObject({ desk: 'desk-secret' });
});

test('what is encrypted anew opens for no other site either', async () => {
  const both = await withKeys(newest, former);
  for (const id of ['a', 'b']) await both.keys.encryptAnew(id);
  await sql`update sites a set teamwork_credential = b.teamwork_credential from sites b
    where a.site = 'a' and b.site = 'b'`.execute(db.acrossSites);
  await expect(both.store.credentials('a')).rejects.toThrow(/authenticate/);
  // Nor does an exchange make it that site's own.
  const next = await withKeys(strange, newest);
  await expect(next.keys.encryptAnew('a')).rejects.toThrow(/authenticate/);
});
