/** What Postgres does for a page of a long list: it walks an index, and orders nothing. */
import { sql } from 'kysely';
import { connectDatabase } from '../../src/store/database';
import { placesInOrder } from '../../src/store/link-order';
import { openStore } from '../../src/store/open-store';
import { createMigratedDatabase, type TestDatabase } from '../support/database';
import { aNewSite } from '../support/store-world';

const links = 20_000;
const site = 'long';

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Index Name'?: string;
  readonly Plans?: readonly PlanNode[];
}

const nodesOf = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

describe('a list of 20,000 customers', () => {
  let database: TestDatabase;
  let db: ReturnType<typeof connectDatabase>;

  beforeAll(async () => {
    database = await createMigratedDatabase();
    db = connectDatabase({ databaseUrl: database.url, poolSize: 1 });
    const stored = await openStore({
      databaseUrl: database.url,
      encryptionKeys: [Buffer.alloc(32, 7)],
      settleMs: 0,
    });
    await stored.store.addSite(aNewSite({ id: site }));
    await stored.close();
    await sql`
      insert into links (site, kind, phase, desk_id, status, reason, changed_at)
      select ${site}, 'customer', 'lone', n::text, case n % 10 when 0 then 'failing' else 'excluded' end, 'no_company',
        timestamptz '2026-01-01' + n * interval '1 second'
      from generate_series(1, ${links}::integer) n`.execute(db.acrossSites);
    await sql`analyze links`.execute(db.acrossSites);
  });
  afterAll(async () => {
    await db.close();
    await database.drop();
  });

  const deep = { status: { key: '8', number: 9_000 }, changed: { key: '1767230000000000', number: 9_000 } };

  test.each([
    ['status', 'links_by_rank', undefined],
    ['status', 'links_by_rank', deep.status],
    ['changed', 'links_by_change', undefined],
    ['changed', 'links_by_change', deep.changed],
  ] as const)('by %s walks %s (from %j)', async (order, index, after) => {
    const filter = { kind: 'customer', order, limit: 50, ...(after === undefined ? {} : { after }) } as const;
    const { rows } = await sql<{ 'QUERY PLAN': readonly { Plan: PlanNode }[] }>`
      explain (format json) ${placesInOrder(site, filter, 51, null)}`.execute(db.acrossSites);
    const nodes = rows.flatMap((row) => row['QUERY PLAN'].flatMap(({ Plan }) => nodesOf(Plan)));
    expect(nodes.flatMap((node) => node['Index Name'] ?? [])).toContain(index);
    expect(nodes.map((node) => node['Node Type']).filter((type) => type.includes('Sort'))).toEqual([]);
  });
});
