/**
 * Each entry of the journal knows the Temporal run that wrote it, and what a hook told of a record is found by the record:
 * a link's story goes from the delivery to the echo. While it makes that index it keeps writers out of `deliveries`.
 */
import { sql } from 'kysely';
import type { Tx } from '../transaction';

export async function up(tx: Tx): Promise<void> {
  await sql`
    alter table journal add column workflow_id text, add column workflow_run text,
      add constraint journal_knows_whole_runs check ((workflow_id is null) = (workflow_run is null)) not valid`.execute(
    tx,
  );
  await sql`
    create or replace function refuse_all_but_blanking() returns trigger language plpgsql as $$
    begin
      if to_jsonb(new) - 'detail' is distinct from to_jsonb(old) - 'detail' then
        raise exception 'The journal is append-only: only the values of somebody forgotten are blanked.';
      end if;
      return new;
    end $$`.execute(tx);
  await sql`create index deliveries_of_record on deliveries (record_id, site, side, kind, number desc)`.execute(
    tx,
  );
}
