/**
 * Companies are few among the records and listed every ten minutes: what a listing left out is found among them alone,
 * and not by reading everybody. While it makes the index it keeps writers out of `records`.
 */
import { sql } from 'kysely';
import type { Tx } from '../transaction';

export async function up(tx: Tx): Promise<void> {
  await sql`create index records_of_companies on records (site, side, id) where kind = 'company'`.execute(tx);
}
