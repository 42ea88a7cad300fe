/**
 * Refusals are counted at every scrape: of a long journal, only they are looked at. While it makes that index it keeps
 * writers out of the journal.
 */
import { sql } from 'kysely';
import type { Tx } from '../transaction';

export async function up(tx: Tx): Promise<void> {
  await sql`create index journal_refusals on journal (site, at) where event = 'refused'`.execute(tx);
}
