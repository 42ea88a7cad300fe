/** What operators do: restored links, choices, answers, forgetting, companies made by us, and what a plan was made on. */
import { sql } from 'kysely';
import type { Tx } from '../transaction';

export async function up(tx: Tx): Promise<void> {
  await sql`
    alter table links add incarnation integer not null default 1, add choices jsonb not null default '{}'`.execute(
    tx,
  );
  await sql`comment on column links.incarnation is 'raised by a restore, which may create once more'`.execute(
    tx,
  );
  await sql`alter table intents add incarnation integer not null default 1`.execute(tx);
  await sql`drop index intents_one_create_per_link`.execute(tx);
  await sql`
    create unique index intents_one_create_per_link on intents (link, site, incarnation)
    where action = 'create' and state in ('sent', 'unknown', 'confirmed')`.execute(tx);

  await sql`
    create table answers (
      site text not null references sites,
      kind text not null check (kind in ('company', 'customer')),
      teamwork text collate "C" not null,
      desk text collate "C" not null,
      verdict text not null check (verdict in ('same', 'apart')),
      answered_at timestamptz not null default clock_timestamp(),
      primary key (teamwork, desk, site, kind)
    )`.execute(tx);
  await sql`create index answers_of_desk on answers (desk, site, kind)`.execute(tx);

  await sql`
    create table forgotten (
      site text not null references sites,
      side text not null check (side in ('teamwork', 'desk')),
      id text collate "C" not null,
      forgotten_at timestamptz not null default clock_timestamp(),
      primary key (id, site, side)
    )`.execute(tx);
  await sql`comment on table forgotten is 'customers of whom no value is kept any more (R32)'`.execute(tx);
  await letForgetInJournal(tx);

  await sql`
    create table new_companies (
      site text not null references sites,
      id uuid not null default gen_random_uuid(),
      key text collate "C" not null,
      fields jsonb not null,
      domains text[] not null,
      asked text not null check (asked in ('yes', 'unchecked')),
      state text not null check (state in ('ordered', 'sent', 'unknown', 'confirmed', 'refused')),
      ordered_at timestamptz not null default clock_timestamp(),
      sent_at timestamptz,
      settles_at timestamptz,
      link bigint,
      reason text,
      primary key (id, site)
    )`.execute(tx);
  await sql`
    create unique index new_companies_one_open_per_name on new_companies (key, site)
    where state in ('ordered', 'sent', 'unknown')`.execute(tx);
  await sql`comment on table new_companies is 'companies that an operator has us make in Desk (R5, R15)'`.execute(
    tx,
  );

  await sql`alter table planned add fingerprint text not null default ''`.execute(tx);
  await sql`comment on column planned.fingerprint is 'of the records that the decision was taken on'`.execute(
    tx,
  );
}

/**
 * The journal stays append-only but for one thing: a transaction that says it forgets somebody may blank `detail`, and
 * nothing else of a row (R32).
 */
async function letForgetInJournal(tx: Tx): Promise<void> {
  await sql`
    create or replace function refuse_change() returns trigger language plpgsql as $$
    begin
      if tg_op = 'UPDATE' and current_setting('teamwork_desk_sync.forgetting', true) = 'on' then
        return null;
      end if;
      raise exception 'The journal is append-only: % is refused.', tg_op;
    end $$`.execute(tx);
  await sql`
    create function refuse_all_but_blanking() returns trigger language plpgsql as $$
    begin
      if (new.site, new.number, new.at, new.link, new.event, new.side, new.run)
        is distinct from (old.site, old.number, old.at, old.link, old.event, old.side, old.run) then
        raise exception 'The journal is append-only: only the values of somebody forgotten are blanked.';
      end if;
      return new;
    end $$`.execute(tx);
  await sql`
    create trigger journal_only_blanked before update on journal
    for each row execute function refuse_all_but_blanking()`.execute(tx);
}
