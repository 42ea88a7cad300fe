/** How far apart a site's polls come, and how far they were asked to: what a machine cannot carry is shown. */
import { sql } from 'kysely';
import type { Tx } from '../transaction';

export async function up(tx: Tx): Promise<void> {
  await sql`alter table watched add column came_after interval, add column asked_every interval`.execute(tx);
}
