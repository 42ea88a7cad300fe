/**
 * What is done for one record reads few rows, however many records the site has: by Postgres's own count of what it
 * read, of tables and of indexes.
 */
import { planLink } from '../../src/domain/planner';
import { openStore, type OpenStore } from '../../src/store/open-store';
import { createMigratedDatabase, type TestDatabase } from '../support/database';
import { inPostgres, writeLongLists } from '../support/long-lists';
import { aNewSite } from '../support/store-world';
import { until } from '../support/until';

const site = 'long';
const size = { companies: 1_000, customers: 20_000 };
/** A page of fifty with the companies' people is below it, and whoever reads a whole list above. */
const few = 5_000;
/** Its link, as it is written: companies come first, and the record has an id of its own on both sides. */
const record = '11';
const link = size.companies + 11;
const readAt = '2026-03-01T00:00:00.000Z';

describe('a site of 20,000 customers', () => {
  let database: TestDatabase;

  const opened = () =>
    openStore({ databaseUrl: database.url, encryptionKeys: [Buffer.alloc(32, 7)], settleMs: 0 });

  beforeAll(async () => {
    database = await createMigratedDatabase();
    await inStore(async ({ store }) => {
      await store.addSite(aNewSite({ id: site }));
      await store.startRun(site, 'first', 'sync');
      await store.setRunPhase(site, 'first', 'customers');
    });
    await writeLongLists(database.url, site, size);
  });
  afterAll(() => database.drop());

  async function inStore<T>(work: (parts: OpenStore) => Promise<T>): Promise<T> {
    const parts = await opened();
    try {
      return await work(parts);
    } finally {
      await parts.close();
    }
  }

  /** A connection tells what it read when it ends. */
  async function rowsRead(work: (parts: OpenStore) => Promise<unknown>): Promise<Record<string, number>> {
    await inPostgres(database.url, (postgres) => postgres.query('select pg_stat_reset()'));
    await inStore(work);
    return inPostgres(database.url, async (postgres) => {
      await until(async () => {
        const { rows } = await postgres.query<{ others: number }>(
          'select count(*)::integer as others from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
        );
        return rows[0]?.others === 0;
      });
      const { rows } = await postgres.query<{ name: string; read: number }>(`
        select relname as name, seq_tup_read::integer as read from pg_stat_user_tables where seq_tup_read > 0
        union all select indexrelname, idx_tup_read::integer from pg_stat_user_indexes where idx_tup_read > 0`);
      return Object.fromEntries(rows.map(({ name, read }) => [name, read]));
    });
  }

  async function expectFew(work: (parts: OpenStore) => Promise<unknown>): Promise<void> {
    const read = await rowsRead(work);
    const many = Object.entries(read).filter(([, rows]) => rows > few);
    expect(Object.fromEntries(many)).toEqual({});
    expect(Object.keys(read)).not.toEqual([]);
  }

  test('a delivery about a linked record, and one about a record that nobody knows', () =>
    expectFew(async ({ store }) => {
      for (const id of [record, 'unknown'])
        await store.keepDeliveries(site, [
          {
            side: 'teamwork',
            delivery: `delivery ${id}`,
            event: 'USER.UPDATED',
            about: { kind: 'customer', id, news: 'changed' },
            bodyHash: id,
          },
        ]);
      expect(await store.dispatchDeliveries(site, 10)).toBe(2);
    }));

  test('a due link: claimed, counted, finished', () =>
    expectFew(async ({ store }) => {
      await store.wakeAt(site, link, readAt);
      expect(await store.claimDue(site, null, 1)).toHaveLength(1);
      await store.drainState(site, 'first');
      await store.finishDue(site, link);
    }));

  test('the view of a link, and of a record', () =>
    expectFew(async ({ store }) => {
      expect(await store.view(site, link)).not.toBeNull();
      expect(await store.viewOfRecord(site, 'customer', 'desk', record)).not.toBeNull();
    }));

  test('R26 an edit planned after many others of the day', async () => {
    await inPostgres(database.url, async (postgres) => {
      await postgres.query(
        `update links set teamwork_base = f.fields, desk_base = f.fields
         from (select fields from records where kind = 'customer' and side = 'desk' and id = $1) f where number = $2`,
        [record, link],
      );
      await postgres.query(
        `insert into guarded_changes (site, kind, change, field, link)
         select $1, 'customer', 'field_change', 'lastName', number from links where kind = 'customer' and number <> $2
         order by number limit 30`,
        [site, link],
      );
      await postgres.query(
        `update records set fields = fields || '{"lastName": "Edited"}', decided = false
         where kind = 'customer' and side = 'teamwork' and id = $1`,
        [record],
      );
    });
    await expectFew(async ({ store }) => {
      const view = await store.view(site, link);
      if (view === null) throw new Error('The link is not there.');
      const saved = await store.savePlan(site, { view, plan: planLink(view) });
      expect(saved?.steps).toEqual([{ side: 'desk', action: 'update' }]);
    });
  });

  test('a page of records that wait for a decision', () =>
    expectFew(async ({ store }) => {
      const page = await store.undecided(site, 'first', 'customer', 'teamwork', null, 50);
      expect(page.views.length).toBeGreaterThan(0);
    }));

  test.each(['name', 'status', 'changed'] as const)('a page of customers by %s', (order) =>
    expectFew(async ({ reads }) => {
      const { rows } = await reads.linkPage(site, { kind: 'customer', limit: 50, order });
      expect(rows).toHaveLength(50);
    }),
  );

  test('a record by its email, and its story', () =>
    expectFew(async ({ reads }) => {
      const [found] = await reads.resolve(site, 'person11@example.test');
      expect(found?.link.number).toBe(link);
      await reads.standing(site, link);
      await reads.timeline(site, link, 100);
    }));

  test('what waits for a person, and how fresh all is', () =>
    expectFew(async ({ reads }) => {
      await reads.attention(site);
      await reads.freshness(site);
      await reads.budgets(site);
    }));

  test('a listing of all companies reads companies, and nobody else', async () => {
    const read = await rowsRead(async ({ store }) => {
      const listed = {
        begunAt: readAt,
        seen: size.companies,
        leastTotal: null,
        mostTotal: null,
        unreadable: [],
      };
      await store.recordListed(site, 'desk', 'company', listed);
    });
    expect(Math.max(...Object.values(read))).toBeLessThanOrEqual(2 * size.companies);
  });
});
