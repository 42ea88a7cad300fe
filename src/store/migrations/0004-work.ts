/** What is to be done (`due`), what was decided (`plans`) and what is being written (`intents`, `identity_claims`). */
import { sql } from 'kysely';
import type { Tx } from '../transaction';

export async function up(tx: Tx): Promise<void> {
  await sql`
    create table due (
      site text not null,
      link bigint not null,
      kind text not null check (kind in ('company', 'customer')),
      at timestamptz not null,
      priority smallint not null check (priority between 1 and 4),
      read_sides text[] not null default '{}',
      run text,
      generation integer not null default 1,
      claimed_generation integer,
      dispatched_at timestamptz,
      added_at timestamptz not null default clock_timestamp(),
      primary key (link, site),
      foreign key (link, site) references links (number, site)
    ) with (fillfactor = 70)`.execute(tx);
  await sql`
    create index due_by_urgency on due (site, run, priority, added_at) where dispatched_at is null`.execute(
    tx,
  );
  await sql`create index due_by_time on due (site, run, at) where dispatched_at is null`.execute(tx);
  await sql`create index due_in_work on due (site, run, dispatched_at) where dispatched_at is not null`.execute(
    tx,
  );

  await sql`
    create table plans (
      site text not null,
      link bigint not null,
      id uuid not null default gen_random_uuid(),
      version integer not null,
      run text,
      steps jsonb not null,
      known text[] not null,
      made_at timestamptz not null default clock_timestamp(),
      primary key (link, site),
      constraint plans_id unique (id, site),
      foreign key (link, site) references links (number, site)
    )`.execute(tx);
  await sql`comment on column plans.known is 'ids on the target side that the decision to create knew of'`.execute(
    tx,
  );

  await sql`
    create table intents (
      site text not null,
      id uuid not null default gen_random_uuid(),
      link bigint not null,
      kind text not null check (kind in ('company', 'customer')),
      plan uuid not null,
      step integer not null,
      side text not null check (side in ('teamwork', 'desk')),
      action text not null check (action in ('create', 'update')),
      sent jsonb not null,
      source_base jsonb not null,
      base jsonb,
      run text,
      state text not null check (state in ('sent', 'unknown', 'confirmed', 'refused', 'no_effect')),
      sent_at timestamptz not null default clock_timestamp(),
      settles_at timestamptz not null,
      closed_at timestamptz,
      primary key (id, site),
      foreign key (link, site) references links (number, site),
      constraint intents_closed_has_time check ((state in ('sent', 'unknown')) = (closed_at is null))
    )`.execute(tx);
  await sql`
    create unique index intents_one_open_per_link on intents (link, site)
    where state in ('sent', 'unknown')`.execute(tx);
  await sql`
    create unique index intents_one_create_per_link on intents (link, site)
    where action = 'create' and state in ('sent', 'unknown', 'confirmed')`.execute(tx);
  await sql`
    create unique index intents_step_once on intents (plan, step, site) where state = 'confirmed'`.execute(
    tx,
  );

  await sql`
    create table identity_claims (
      site text not null,
      kind text not null check (kind in ('company', 'customer')),
      key text collate "C" not null,
      link bigint not null,
      intent uuid not null,
      primary key (key, site, kind),
      foreign key (intent, site) references intents (id, site)
    )`.execute(tx);
  await sql`create index identity_claims_of_intent on identity_claims (intent, site)`.execute(tx);
  await sql`comment on table identity_claims is 'held while the intent is open'`.execute(tx);
}
