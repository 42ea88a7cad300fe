/**
 * Who may use the console, what they changed, and the order in which it lists records. While it makes the indexes of that
 * order it keeps writers out of `links` and `record_keys`.
 */
import { sql } from 'kysely';
import type { Tx } from '../transaction';

export async function up(tx: Tx): Promise<void> {
  await sql`
    create table console_users (
      id bigint primary key generated always as identity,
      name text not null check (name <> ''),
      role text not null check (role in ('viewer', 'operator', 'administrator')),
      password text,
      disabled boolean not null default false,
      created_at timestamptz not null default clock_timestamp()
    )`.execute(tx);
  await sql`create unique index console_users_one_per_name on console_users (lower(name))`.execute(tx);
  await sql`comment on column console_users.password is 'scrypt with its salt; null: signs in by link only'`.execute(
    tx,
  );
  await sql`
    create table sign_in_links (
      token_hash bytea primary key,
      user_id bigint not null references console_users,
      expires_at timestamptz not null
    )`.execute(tx);
  await sql`
    create table console_sessions (
      token_hash bytea primary key,
      user_id bigint not null references console_users,
      csrf text not null,
      notice text,
      created_at timestamptz not null default clock_timestamp(),
      seen_at timestamptz not null default clock_timestamp()
    )`.execute(tx);
  await sql`
    create table audit (
      number bigint primary key generated always as identity,
      at timestamptz not null default clock_timestamp(),
      who text not null,
      site text,
      what text not null,
      detail jsonb not null default '{}'
    )`.execute(tx);
  await sql`create index audit_of_site on audit (site, number desc)`.execute(tx);
  await sql`
    create function refuse_audit_change() returns trigger language plpgsql as $$
    begin
      raise exception 'The audit list is append-only: % is refused.', tg_op;
    end $$`.execute(tx);
  await sql`
    create trigger audit_append_only before update or delete or truncate on audit
    for each statement execute function refuse_audit_change()`.execute(tx);

  await sql`create index record_keys_in_order on record_keys (site, kind, key, side, id)`.execute(tx);
  await sql`
    create index links_in_order on links (site, kind, number) where phase <> 'merged'`.execute(tx);
}
