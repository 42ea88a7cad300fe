/**
 * The overview counts every link by how it stands: from an index that holds all it needs, and not from the wide rows.
 * While it makes that index it keeps writers out of `links`.
 */
import { sql } from 'kysely';
import type { Tx } from '../transaction';

export async function up(tx: Tx): Promise<void> {
  await sql`
    create index links_by_standing on links (site, kind, status, reason, paused) where phase <> 'merged'`.execute(
    tx,
  );
}
