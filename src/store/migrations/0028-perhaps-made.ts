/** Of two records it may be kept that one was perhaps made from the other, by a create whose answer was lost (R15). */
import { sql } from 'kysely';
import type { Tx } from '../transaction';

export async function up(tx: Tx): Promise<void> {
  await sql`
    alter table answers drop constraint answers_verdict_check,
      add constraint answers_verdict_check check (verdict in ('same', 'apart', 'perhaps'))`.execute(tx);
}
