/** Decisions of a run in mode `plan`, kept for its report and as assumptions about the companies. */
import { sql } from 'kysely';
import type { Tx } from '../transaction';

export async function up(tx: Tx): Promise<void> {
  await sql`
    create table planned (
      site text not null,
      run text not null,
      position bigint not null generated always as identity,
      kind text not null check (kind in ('company', 'customer')),
      link bigint,
      teamwork_id text collate "C",
      desk_id text collate "C",
      teamwork_company text collate "C",
      desk_company text collate "C",
      name text not null,
      outcome text not null,
      reason text not null,
      asked text,
      active_since timestamptz,
      steps jsonb not null,
      replaced jsonb not null,
      primary key (position, site, run),
      foreign key (site, run) references runs (site, run)
    )`.execute(tx);
  for (const side of ['teamwork', 'desk'] as const) {
    const id = sql.ref(`${side}_id`);
    await sql`
      create unique index ${sql.ref(`planned_one_per_${side}_record`)} on planned (${id}, site, run, kind)
      where ${id} is not null`.execute(tx);
  }
  await sql`comment on column planned.active_since is 'set where the pair would be linked'`.execute(tx);
}
