/** Mass changes that wait for an approval (R26), and what is counted to tell one. For the order of keys see `0002-mirror`. */
import { sql } from 'kysely';
import type { Tx } from '../transaction';

export async function up(tx: Tx): Promise<void> {
  await sql`
    create table guards (
      site text not null references sites,
      kind text not null check (kind in ('company', 'customer')),
      primary key (site, kind)
    )`.execute(tx);
  await sql`comment on table guards is 'locked while changes of that kind are counted'`.execute(tx);

  await sql`
    create table guarded_changes (
      site text not null references sites,
      kind text not null check (kind in ('company', 'customer')),
      change text not null check (change in ('break', 'field_change', 'contact_creation')),
      field text not null,
      link bigint not null,
      at timestamptz not null default clock_timestamp(),
      primary key (link, site, change, field)
    )`.execute(tx);
  await sql`comment on table guarded_changes is 'what passed in the last 24 hours without being announced'`.execute(
    tx,
  );
  await sql`
    create index guarded_changes_in_time on guarded_changes (site, kind, change, field, at)`.execute(tx);

  await sql`
    create table holds (
      site text not null references sites,
      number bigint not null generated always as identity,
      kind text not null check (kind in ('company', 'customer')),
      change text not null check (change in ('break', 'field_change', 'contact_creation')),
      field text not null,
      state text not null default 'open' check (state in ('open', 'approved', 'rejected', 'empty')),
      version integer not null default 1,
      opened_at timestamptz not null default clock_timestamp(),
      answered_at timestamptz,
      expires_at timestamptz,
      primary key (number, site),
      constraint holds_approval_expires check ((state = 'approved') = (expires_at is not null))
    )`.execute(tx);
  await sql`
    create unique index holds_one_open on holds (site, kind, change, field) where state = 'open'`.execute(tx);

  await sql`
    create table hold_members (
      site text not null,
      hold bigint not null,
      link bigint not null,
      exactly text not null,
      held_at timestamptz not null default clock_timestamp(),
      primary key (link, hold, site),
      foreign key (hold, site) references holds (number, site),
      foreign key (link, site) references links (number, site)
    )`.execute(tx);
  await sql`comment on column hold_members.exactly is 'hash of what is to happen; an approval holds for nothing else'`.execute(
    tx,
  );
  await sql`create index hold_members_of_hold on hold_members (hold, site)`.execute(tx);

  await sql`
    create table announced (
      site text not null,
      link bigint not null,
      until timestamptz not null,
      primary key (link, site),
      foreign key (link, site) references links (number, site)
    )`.execute(tx);
  await sql`comment on table announced is 'what an operator asked for of a link is not counted, once'`.execute(
    tx,
  );

  await sql`alter table records add column alive_at timestamptz`.execute(tx);
  await sql`comment on column records.alive_at is 'of a record that is gone: when it was last read as present'`.execute(
    tx,
  );

  await sql`alter table intents add column refusal text, add column retry_at timestamptz`.execute(tx);
  await sql`comment on column intents.refusal is 'why the write did not take effect'`.execute(tx);
  await sql`comment on column intents.retry_at is 'the same write is not tried again before; null: not by itself'`.execute(
    tx,
  );
}
