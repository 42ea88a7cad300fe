/**
 * The mirror: records as last observed, the keys they are matched by, and the surveys that read them.
 * Keys begin with what tells rows apart and hold the site after it: while a table just filled has no statistics, the
 * planner takes an index that begins with the site for as good as one that finds the row.
 */
import { sql } from 'kysely';
import type { Tx } from '../transaction';

export async function up(tx: Tx): Promise<void> {
  await sql`
    create table records (
      site text not null references sites,
      kind text not null check (kind in ('company', 'customer')),
      side text not null check (side in ('teamwork', 'desk')),
      id text collate "C" not null,
      fields jsonb not null,
      scope text not null check (scope in ('client', 'owner', 'staff', 'service')),
      signs_in boolean not null,
      domains text[],
      deleted boolean not null,
      origin text not null,
      created_at timestamptz,
      updated_at timestamptz,
      created_by text,
      updated_by text,
      read_at timestamptz not null,
      first_seen_at timestamptz not null default clock_timestamp(),
      survey bigint,
      presence text not null check (presence in ('present', 'missing', 'gone')),
      changed_at jsonb not null,
      decided boolean not null default false,
      company_id text collate "C" generated always as (nullif(fields ->> 'company', '')) stored,
      primary key (id, site, kind, side)
    ) with (fillfactor = 80)`.execute(tx);
  await sql`comment on column records.domains is 'null: not read'`.execute(tx);
  await sql`comment on column records.decided is 'nothing changed since a decision was taken on it'`.execute(
    tx,
  );
  await sql`
    create index records_undecided on records (site, kind, side, length(id), id) where not decided`.execute(
    tx,
  );
  await sql`
    create index records_people on records (company_id, site, side) where company_id is not null`.execute(tx);

  await sql`
    create table record_keys (
      site text not null,
      kind text not null,
      side text not null,
      id text collate "C" not null,
      field text not null,
      key text collate "C" not null,
      primary key (key, site, kind, side, id, field)
    )`.execute(tx);
  await sql`create index record_keys_of_record on record_keys (id, site, kind, side)`.execute(tx);

  await sql`
    create table surveys (
      site text not null references sites,
      number bigint not null generated always as identity,
      run text not null,
      side text not null check (side in ('teamwork', 'desk')),
      kind text not null check (kind in ('company', 'customer')),
      started_at timestamptz not null default clock_timestamp(),
      ended_at timestamptz,
      present_before integer not null,
      pages integer not null default 0,
      least_total integer,
      most_total integer,
      unreadable jsonb not null default '{}',
      seen integer,
      missing integer,
      complete boolean,
      scopes jsonb,
      primary key (site, number),
      unique (site, run, side, kind)
    )`.execute(tx);
}
