/** By what browser somebody signed in, for the list of one's own sessions. */
import { sql } from 'kysely';
import type { Tx } from '../transaction';

export async function up(tx: Tx): Promise<void> {
  await sql`alter table console_sessions add column browser text`.execute(tx);
}
