/** Whether a link is due only to have its plan carried out: what anybody else makes due is decided anew (DESIGN §2). */
import { sql } from 'kysely';
import type { Tx } from '../transaction';

export async function up(tx: Tx): Promise<void> {
  await sql`alter table due add column planned boolean not null default false`.execute(tx);
}
