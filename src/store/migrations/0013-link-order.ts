/**
 * When a link last changed, and the indexes by which the console lists links in other orders than by name. While it
 * fills in that time and makes them, it keeps writers out of `links`.
 */
import { sql } from 'kysely';
import type { Tx } from '../transaction';

/** `run`, `action` and `version` are how a change came, and no change of their own. */
const whatChanges = [
  'phase',
  'status',
  'reason',
  'teamwork_id',
  'desk_id',
  'teamwork_base',
  'desk_base',
  'notes',
  'paused',
];

export async function up(tx: Tx): Promise<void> {
  // A default that stays the same is added without writing each row.
  await sql`alter table links add column changed_at timestamptz not null default now()`.execute(tx);
  await sql`alter table links alter column changed_at set default clock_timestamp()`.execute(tx);
  await sql`
    update links l set changed_at = j.at from (
      select distinct on (link, site) link, site, at from journal order by link, site, number desc) j
    where j.link = l.number and j.site = l.site`.execute(tx);
  await sql`
    create function note_link_change() returns trigger language plpgsql as $$
    begin
      new.changed_at := clock_timestamp();
      return new;
    end $$`.execute(tx);
  const of = (row: 'old' | 'new') => sql.join(whatChanges.map((column) => sql.ref(`${row}.${column}`)));
  await sql`
    create trigger links_changed before update on links for each row
    when ((${of('old')}) is distinct from (${of('new')})) execute function note_link_change()`.execute(tx);

  await sql`
    create index links_by_change on links (site, kind, changed_at, number) where phase <> 'merged'`.execute(
    tx,
  );
  // As R31 orders statuses; what a pause of a whole site does to them is no fact of the link.
  await sql`
    create index links_by_rank on links (site, kind, (case when status = 'broken' then 1 when paused then 2
      else array_position(array['broken', 'paused', 'question', 'held', 'suspended', 'excluded', 'waiting', 'failing',
        'pending', 'in_sync'], status) end), number) where phase <> 'merged'`.execute(tx);
}
