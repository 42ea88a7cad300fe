/**
 * What the vendors' hooks say: the inbox (`deliveries`: ids only, for a delivery is a hint, R28), the hooks that are
 * registered (`hooks`) with what signs them (`hook_sides`), and in `due` the deletions that were told. For the new
 * index of `due` it keeps writers out of it.
 */
import { sql } from 'kysely';
import type { Tx } from '../transaction';

export async function up(tx: Tx): Promise<void> {
  await sql`
    create table deliveries (
      site text not null references sites,
      number bigint not null generated always as identity,
      side text not null check (side in ('teamwork', 'desk')),
      delivery text collate "C" not null,
      event text collate "C" not null,
      kind text check (kind in ('company', 'customer')),
      record_id text collate "C",
      news text check (news in ('changed', 'deleted')),
      body_hash text collate "C" not null,
      received_at timestamptz not null default clock_timestamp(),
      dispatched_at timestamptz,
      outcome text not null check (outcome in ('waiting', 'dispatched', 'coalesced', 'noted')),
      primary key (number, site),
      constraint deliveries_are_about_a_record check (num_nonnulls(kind, record_id, news) in (0, 3)),
      constraint deliveries_wait_about_a_record check (outcome <> 'waiting' or kind is not null),
      constraint deliveries_waiting_have_no_time check ((outcome = 'waiting') = (dispatched_at is null))
    )`.execute(tx);
  await sql`create unique index deliveries_once on deliveries (delivery, site, side)`.execute(tx);
  await sql`
    create unique index deliveries_one_waiting_per_body on deliveries (record_id, site, side, event, body_hash)
    where dispatched_at is null`.execute(tx);
  await sql`create index deliveries_waiting on deliveries (site, number) where dispatched_at is null`.execute(
    tx,
  );

  await sql`
    create table hook_sides (
      site text not null references sites,
      side text not null check (side in ('teamwork', 'desk')),
      key_id text,
      secret bytea,
      previous_secret bytea,
      problem text check (problem in ('no_public_url', 'refused', 'unreachable', 'disconnected')),
      checked_at timestamptz,
      primary key (site, side),
      constraint hook_sides_secret_has_key check ((secret is null) = (key_id is null)),
      constraint hook_sides_previous_has_successor check (previous_secret is null or secret is not null)
    )`.execute(tx);
  await sql`comment on column hook_sides.previous_secret is 'valid until the vendor signs with the new one'`.execute(
    tx,
  );
  await sql`
    create table hooks (
      site text not null,
      side text not null,
      event text collate "C" not null,
      hook_id text collate "C" not null,
      kind text not null check (kind in ('company', 'customer')),
      state text not null check (state in ('active', 'silent', 'off')),
      registered_at timestamptz not null default clock_timestamp(),
      last_delivery_at timestamptz,
      primary key (event, site, side),
      foreign key (site, side) references hook_sides (site, side)
    )`.execute(tx);

  await sql`alter table due add column deleted_sides text[] not null default '{}'`.execute(tx);
  await sql`comment on column due.deleted_sides is 'sides that told of a deletion: the workflow is told so'`.execute(
    tx,
  );
  // Of no run, or more urgent than one: asked for several times a second, beside the many rows of an InitialSync.
  await sql`
    create index due_urgent on due (site, priority, added_at)
    where dispatched_at is null and (run is null or priority <= 2)`.execute(tx);
}
