/** What old plans decided is dropped, and told. */
import { sql } from 'kysely';
import type { Tx } from '../transaction';

export async function up(tx: Tx): Promise<void> {
  await sql`alter table runs add column decisions_dropped_at timestamptz`.execute(tx);
}
