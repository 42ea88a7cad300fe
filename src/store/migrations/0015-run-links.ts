/**
 * What a run linked or created is looked up by the run: of a long journal, only that. While it makes that index it keeps
 * writers out of the journal.
 */
import { sql } from 'kysely';
import type { Tx } from '../transaction';

export async function up(tx: Tx): Promise<void> {
  await sql`
    create index journal_links_of_run on journal (run, site, link, event)
    where event in ('linked', 'created') and run is not null`.execute(tx);
}
