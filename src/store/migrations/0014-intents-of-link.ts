/**
 * What was written of a link is asked for at its every turn: whether it was ignored, and whether a hook tells of it.
 * While it makes that index it keeps writers out of `intents`.
 */
import { sql } from 'kysely';
import type { Tx } from '../transaction';

export async function up(tx: Tx): Promise<void> {
  await sql`create index intents_of_link on intents (link, site, sent_at)`.execute(tx);
}
