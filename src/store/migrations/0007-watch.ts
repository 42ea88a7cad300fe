/** The watch of a site: how far its polls have come, and an epoch that tells a restored older database. */
import { sql } from 'kysely';
import type { Tx } from '../transaction';

export async function up(tx: Tx): Promise<void> {
  await sql`
    create table watched (
      site text not null references sites,
      side text not null check (side in ('teamwork', 'desk')),
      kind text not null check (kind in ('company', 'customer')),
      news text not null check (news in ('changed', 'deleted', 'listed')),
      since timestamptz not null,
      begun_at timestamptz not null,
      primary key (site, side, kind, news)
    )`.execute(tx);
  await sql`comment on column watched.since is 'the vendor''s time from which the next poll reads'`.execute(
    tx,
  );
  await sql`comment on column watched.begun_at is 'our time at which the last complete poll began'`.execute(
    tx,
  );
  await sql`
    create table epochs (
      site text primary key references sites,
      epoch bigint not null
    )`.execute(tx);
  await sql`
    alter table runs drop constraint runs_mode_check,
      add constraint runs_mode_check check (mode in ('sync', 'plan', 'sweep'))`.execute(tx);
}
