/** Links with their journal and the questions that wait for an operator. For the order of keys see `0002-mirror`. */
import { sql } from 'kysely';
import type { Tx } from '../transaction';

export async function up(tx: Tx): Promise<void> {
  await sql`create sequence link_numbers`.execute(tx);
  await sql`
    create table links (
      site text not null references sites,
      number bigint not null default nextval('link_numbers'),
      kind text not null check (kind in ('company', 'customer')),
      phase text not null check (phase in ('lone', 'active', 'broken', 'merged')),
      teamwork_id text collate "C",
      desk_id text collate "C",
      teamwork_base jsonb not null default '{}',
      desk_base jsonb not null default '{}',
      status text not null check (status in ('broken', 'paused', 'question', 'held', 'suspended', 'excluded',
        'waiting', 'failing', 'pending', 'in_sync')),
      reason text,
      notes jsonb not null default '[]',
      asked text check (asked in ('yes', 'unchecked')),
      paused boolean not null default false,
      active_since timestamptz,
      tombstone jsonb,
      merged_into bigint,
      version integer not null default 1,
      run text,
      action text check (action in ('linked', 'created', 'updated')),
      primary key (number, site),
      constraint links_phase_has_its_facts check (
        case phase
          when 'lone' then num_nonnulls(teamwork_id, desk_id) = 1
          when 'active' then num_nonnulls(teamwork_id, desk_id, active_since) = 3
          when 'broken' then num_nonnulls(teamwork_id, desk_id) > 0 and tombstone is not null
          else merged_into is not null
        end)
    ) with (fillfactor = 80)`.execute(tx);
  await sql`comment on column links.action is 'what was done to the link in that run'`.execute(tx);

  for (const side of ['teamwork', 'desk'] as const) {
    const id = sql.ref(`${side}_id`);
    await sql`
      create unique index ${sql.ref(`links_one_per_${side}_record`)} on links (${id}, site, kind)
      where phase in ('lone', 'active')`.execute(tx);
    await sql`
      create index ${sql.ref(`links_broken_${side}`)} on links (${id}, site, kind) where phase = 'broken'`.execute(
      tx,
    );
    await sql`
      create index ${sql.ref(`links_to_decide_again_${side}`)} on links (site, kind, length(${id}), ${id})
      where phase in ('lone', 'active') and status in ('question', 'waiting', 'failing')`.execute(tx);
  }
  await sql`create index links_by_status on links (status, reason, site, kind)`.execute(tx);
  await sql`create index links_merged on links (merged_into, site) where merged_into is not null`.execute(tx);

  await sql`
    create table questions (
      site text not null,
      link bigint not null,
      reason text not null,
      candidates text[] not null,
      asked_at timestamptz not null default clock_timestamp(),
      primary key (link, site),
      foreign key (link, site) references links (number, site)
    )`.execute(tx);

  await sql`
    create table journal (
      site text not null references sites,
      number bigint not null generated always as identity,
      at timestamptz not null default clock_timestamp(),
      link bigint not null,
      event text not null,
      side text check (side in ('teamwork', 'desk')),
      run text,
      detail jsonb not null,
      primary key (number, site)
    )`.execute(tx);
  await sql`create index journal_of_link on journal (link, site, number desc)`.execute(tx);
  await sql`
    create function refuse_change() returns trigger language plpgsql as $$
    begin
      raise exception 'The journal is append-only: % is refused.', tg_op;
    end $$`.execute(tx);
  await sql`
    create trigger journal_append_only before update or delete or truncate on journal
    for each statement execute function refuse_change()`.execute(tx);
}
