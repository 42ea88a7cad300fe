/**
 * Most fields of most records have not changed since they were first read: their time is kept once. And what polls find
 * that no hook told of is noted as it is found, not looked for among all records.
 */
import { sql } from 'kysely';
import type { Tx } from '../transaction';

export async function up(tx: Tx): Promise<void> {
  await sql`alter table records add column first_changed_at timestamptz`.execute(tx);
  await sql`comment on column records.first_changed_at is 'of the fields that changed_at does not name'`.execute(
    tx,
  );
  await sql`alter table watched add column unheard_since timestamptz`.execute(tx);
  await sql`comment on column watched.unheard_since is 'the earliest change that a poll found as news'`.execute(
    tx,
  );
}
