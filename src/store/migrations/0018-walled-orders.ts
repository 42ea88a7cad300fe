/**
 * Orders by an expression, again. Behind the wall between sites Postgres looks into an index only by what cannot give a
 * row away (by what is `leakproof`): `length` and `array_position` are not. So ids get columns of their lengths, and the
 * rank of a status is told by comparing. Writes `records` and `links` anew and keeps everybody out meanwhile: half a
 * minute for a million records.
 */
import { sql } from 'kysely';
import type { Tx } from '../transaction';

export async function up(tx: Tx): Promise<void> {
  await sql`
    alter table records add column id_length integer not null generated always as (length(id)) stored`.execute(
    tx,
  );
  await sql`
    alter table links
      add column teamwork_id_length integer generated always as (length(teamwork_id)) stored,
      add column desk_id_length integer generated always as (length(desk_id)) stored`.execute(tx);

  await sql`drop index records_undecided`.execute(tx);
  await sql`
    create index records_undecided on records (site, kind, side, id_length, id) where not decided`.execute(
    tx,
  );
  for (const side of ['teamwork', 'desk'] as const) {
    const index = sql.ref(`links_to_decide_again_${side}`);
    const [id, length] = [sql.ref(`${side}_id`), sql.ref(`${side}_id_length`)];
    await sql`drop index ${index}`.execute(tx);
    await sql`
      create index ${index} on links (site, kind, ${length}, ${id})
      where phase in ('lone', 'active') and status in ('question', 'waiting', 'failing')`.execute(tx);
  }
  await sql`drop index links_by_rank`.execute(tx);
  await sql`
    create index links_by_rank on links (site, kind, (case when status = 'broken' then 1 when paused then 2
      when status = 'paused' then 2 when status = 'question' then 3 when status = 'held' then 4
      when status = 'suspended' then 5 when status = 'excluded' then 6 when status = 'waiting' then 7
      when status = 'failing' then 8 when status = 'pending' then 9 when status = 'in_sync' then 10 end), number)
    where phase <> 'merged'`.execute(tx);
}
