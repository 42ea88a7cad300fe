/** Plans that are carried out: which run applies which plan, and what of it was carried out as it was planned. */
import { sql } from 'kysely';
import type { Tx } from '../transaction';

export async function up(tx: Tx): Promise<void> {
  await sql`alter table runs add applies text`.execute(tx);
  await sql`comment on column runs.applies is 'the plan that this run carries out, and nothing else'`.execute(
    tx,
  );
  await sql`alter table planned add carried_by text`.execute(tx);
  await sql`comment on column planned.carried_by is 'the run that carried it out'`.execute(tx);
  await sql`comment on column planned.fingerprint is 'of the records decided on and of what was decided'`.execute(
    tx,
  );
}
