/** Postgres alone: what two processes at once make of the inbox, and how the secrets of hooks lie there. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Delivery } from '../../src/ports/deliveries';
import { connectDatabase } from '../../src/store/database';
import { openStore, type OpenStore } from '../../src/store/open-store';
import { createMigratedDatabase, type TestDatabase } from '../support/database';
import { aNewSite, aWorld } from '../support/store-world';
import { until } from '../support/until';

let database: TestDatabase;
let db: ReturnType<typeof connectDatabase>;
let opened: OpenStore;

const open = (key: number) =>
  openStore({ databaseUrl: database.url, encryptionKeys: [Buffer.alloc(32, key)], settleMs: 0 });

beforeAll(async () => {
  database = await createMigratedDatabase();
  db = connectDatabase({ databaseUrl: database.url, poolSize: 4 });
  opened = await open(7);
});
afterAll(async () => {
  await opened.close();
  await db.close();
  await database.drop();
});

const aboutFive = (): Delivery => ({
  side: 'teamwork',
  delivery: randomUUID(),
  event: 'COMPANY.UPDATED',
  about: { kind: 'company', id: '5', news: 'changed' },
  bodyHash: 'same',
});

test('B1: one that comes while a dispatcher takes its equal is not coalesced: the record may have been read before', async () => {
  const { site, store } = await aWorld(opened);
  await store.keepDeliveries(site, [aboutFive()]);
  const kept = await db.acrossSites.transaction().execute(async (tx) => {
    await sql`
      update deliveries set outcome = 'dispatched', dispatched_at = clock_timestamp() where site = ${site}`.execute(
      tx,
    );
    const keeping = store.keepDeliveries(site, [aboutFive()]);
    await until(async () => {
      const { rows } = await sql`
        select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(
        db.acrossSites,
      );
      return rows.length > 0;
    });
    return { keeping };
  });
  expect(await kept.keeping).toEqual(['waiting']);
});

test('R32: a delivery leaves ids, an event and a hash, and nothing that could hold a name', async () => {
  const { rows } = await sql<{ column: string }>`
    select column_name as column from information_schema.columns where table_name = 'deliveries'
    order by column_name`.execute(db.acrossSites);
  expect(rows.map(({ column }) => column)).toEqual(
    ['body_hash', 'delivery', 'dispatched_at', 'event', 'kind', 'news', 'number', 'outcome'].concat([
      'received_at',
      'record_id',
      'side',
      'site',
    ]),
  );
});

test('B1: dispatched deliveries are dropped after two weeks, waiting ones never', async () => {
  const { site, store } = await aWorld(opened);
  await store.keepDeliveries(site, [aboutFive()]);
  await store.dispatchDeliveries(site, 10);
  await store.keepDeliveries(site, [aboutFive()]);
  await sql`update deliveries set received_at = now() - interval '15 days' where site = ${site}`.execute(
    db.acrossSites,
  );
  expect(await store.dropOldDeliveries()).toBe(0);
  await sql`
    update deliveries set dispatched_at = now() - interval '15 days'
    where site = ${site} and dispatched_at is not null`.execute(db.acrossSites);
  expect(await store.dropOldDeliveries()).toBe(1);
  const { rows } = await sql<{
    outcome: string;
  }>`select outcome from deliveries where site = ${site}`.execute(db.acrossSites);
  expect(rows).toEqual([{ outcome: 'waiting' }]);
});

describe('secrets of hooks', () => {
  test('lie there sealed', async () => {
    const { site, store } = await aWorld(opened);
    const { current } = await store.ensureHookSecrets(site, 'desk');
    const { rows } = await sql<{
      secret: Buffer;
    }>`select secret from hook_sides where site = ${site}`.execute(db.acrossSites);
    expect(rows[0]?.secret.toString('latin1')).not.toContain(current);
    expect(rows[0]?.secret.toString('latin1')).not.toContain(Buffer.from(current, 'hex').toString('latin1'));
  });

  test('under another key are told so, and replaced when hooks are registered again', async () => {
    const site = aNewSite();
    await opened.store.addSite(site);
    const { current } = await opened.store.ensureHookSecrets(site.id, 'desk');
    const other = await open(8);
    await expect(other.store.hookSecrets(site.id, 'desk')).rejects.toThrow(
      /sealed with key \w+, and this process has key \w+: the operator starts it with the former encryption key/,
    );
    const replaced = await other.store.ensureHookSecrets(site.id, 'desk');
    expect(replaced).toMatchObject({ isNew: true, previous: null });
    expect(replaced.current).not.toBe(current);
    await other.close();
  });
});
