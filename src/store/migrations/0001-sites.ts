/** Sites and the runs of each. */
import { sql } from 'kysely';
import type { Tx } from '../transaction';

export async function up(tx: Tx): Promise<void> {
  await sql`
    create table sites (
      site text primary key,
      url text not null constraint sites_one_per_url unique,
      key_id text not null,
      teamwork_credential bytea not null,
      desk_credential bytea not null,
      desk_created_at timestamptz,
      settings jsonb not null,
      owner_company_id text,
      users jsonb not null,
      desk_pins jsonb not null,
      frozen text,
      adopt_only boolean not null,
      paused boolean not null default false,
      paused_kinds text[] not null default '{}',
      created_at timestamptz not null default clock_timestamp()
    )`.execute(tx);

  await sql`
    create table runs (
      site text not null references sites,
      run text not null,
      mode text not null check (mode in ('sync', 'plan')),
      state text not null check (state in ('running', 'paused', 'finished', 'cancelled')),
      phase text not null check (phase in ('survey', 'companies', 'customers', 'proof', 'done')),
      outcomes jsonb,
      started_at timestamptz not null default clock_timestamp(),
      finished_at timestamptz,
      primary key (site, run)
    )`.execute(tx);
  await sql`create index runs_latest on runs (site, mode, started_at desc)`.execute(tx);

  // Counted beside the run's row, so that a call never waits for somebody who changes the run's state.
  await sql`
    create table run_calls (
      site text not null,
      run text not null,
      side text not null check (side in ('teamwork', 'desk')),
      calls bigint not null,
      primary key (site, run, side)
    )`.execute(tx);

  await sql`
    create table run_ticks (
      site text not null,
      run text not null,
      slot bigint not null,
      finished bigint not null,
      primary key (site, run, slot)
    )`.execute(tx);
  await sql`comment on table run_ticks is 'links finished in each ten seconds of a run'`.execute(tx);

  await sql`
    create table budgets (
      site text not null references sites,
      side text not null check (side in ('teamwork', 'desk')),
      vendor_limit integer check (vendor_limit > 0),
      arrival timestamptz not null default clock_timestamp(),
      others_until timestamptz,
      others_left integer,
      recent integer[] not null default '{0,0,0,0,0,0,0}',
      recent_slot bigint not null default 0,
      primary key (site, side)
    ) with (fillfactor = 50)`.execute(tx);
  await sql`comment on column budgets.arrival is 'GCRA: the theoretical arrival time'`.execute(tx);
  await sql`comment on column budgets.recent is 'calls in each ten seconds, the latest first'`.execute(tx);
}
