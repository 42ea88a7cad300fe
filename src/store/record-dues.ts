/** Records that somebody has news of: their links are due, and one without a link gets its row (DESIGN §2, link numbers). */
import { sql } from 'kysely';
import type { Kind } from '../domain/record';
import type { Priority } from '../ports/budget';
import { addDueLinks } from './due';
import { linksOf } from './link-rows';
import { keyOf, type Ref } from './record-rows';
import type { Tx } from './transaction';

export interface News {
  readonly priority: Priority;
  /** The record is to be read directly before anything is decided; false where it was just read. */
  readonly read: boolean;
}

/** A tombstone's record is due too: what came back from the trash is shown, and nothing else happens to it (R22). */
export async function dueForRecords(
  tx: Tx,
  site: string,
  kind: Kind,
  refs: readonly Ref[],
  { priority, read }: News,
): Promise<void> {
  if (refs.length === 0) return;
  await allocateLinks(tx, site, kind, refs);
  const links = await linksOf(tx, site, kind, refs);
  await addDueLinks(
    tx,
    site,
    refs.flatMap((ref) => {
      const link = links.get(keyOf(ref));
      return link === undefined
        ? []
        : [{ link: link.number, priority, run: null, at: null, read: read ? [ref.side] : [] }];
    }),
  );
}

/** A row for every record that has no link at all, not even a broken one. */
async function allocateLinks(tx: Tx, site: string, kind: Kind, refs: readonly Ref[]): Promise<void> {
  const sides = refs.map(({ side }) => side);
  const ids = refs.map(({ id }) => id);
  await sql`
    insert into links (site, kind, phase, teamwork_id, desk_id, status, reason)
    select ${site}, ${kind}, 'lone', case x.side when 'teamwork' then x.id end, case x.side when 'desk' then x.id end,
      'pending', 'not_yet_decided'
    from unnest(${sides}::text[], ${ids}::text[]) as x(side, id)
    where not exists (select from links l where l.site = ${site} and l.kind = ${kind} and l.phase <> 'merged'
      and l.teamwork_id = case x.side when 'teamwork' then x.id end)
    and not exists (select from links l where l.site = ${site} and l.kind = ${kind} and l.phase <> 'merged'
      and l.desk_id = case x.side when 'desk' then x.id end)
    on conflict do nothing`.execute(tx);
}
