/** A plan announces breaks, too; an operator who joins records or chooses a value does not (R26). */
import { sql } from 'kysely';
import type { Tx } from '../transaction';

export async function up(tx: Tx): Promise<void> {
  await sql`alter table announced add column breaks boolean not null default false`.execute(tx);
}
