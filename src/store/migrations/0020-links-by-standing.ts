/**
 * The overview counts every link by how it stands: from an index that holds all it needs, and not from the wide rows.
 * By the site alone: by the kind, too, Postgres would look links up in it that have better indexes.
 * While it makes that index it keeps writers out of `links`.
 */
import { sql } from 'kysely';
import type { Tx } from '../transaction';

export async function up(tx: Tx): Promise<void> {
  await sql`
    create index links_by_standing on links (site) include (kind, status, reason, paused) where phase <> 'merged'`.execute(
    tx,
  );
}
