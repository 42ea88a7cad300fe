/** Records that somebody has news of: their links are due, and one without a link gets its row (DESIGN §2, link numbers). */
import { sql } from 'kysely';
import type { Kind, Side } from '../domain/record';
import type { Priority } from '../ports/budget';
import { addDueLinks } from './due';
import { linksOf } from './link-rows';
import { linksOfRecord } from './lookups';
import { keyOf, type Ref } from './record-rows';
import { jsonb } from './storable';
import type { Tx } from './transaction';

export interface News {
  readonly priority: Priority;
  /** The record is to be read directly before anything is decided; false where it was just read. */
  readonly read: boolean;
  /** It was told to be deleted. */
  readonly deleted?: boolean;
}

/** A tombstone's record is due too: what came back from the trash is shown, and nothing else happens to it (R22). */
export async function dueForRecords(
  tx: Tx,
  site: string,
  kind: Kind,
  refs: readonly Ref[],
  { priority, read, deleted = false }: News,
): Promise<void> {
  if (refs.length === 0) return;
  await allocateLinks(tx, site, kind, refs);
  const links = await linksOf(tx, site, kind, refs);
  // Two records may be of one link, and a record may be named twice.
  const told = new Map<number, Set<Side>>();
  for (const ref of refs) {
    const link = links.get(keyOf(ref))?.number;
    if (link !== undefined) told.set(link, (told.get(link) ?? new Set()).add(ref.side));
  }
  const news = [...told].map(([link, its]) => ({ link, sides: [...its] }));
  await addDueLinks(
    tx,
    site,
    news.map(({ link, sides }) => ({ link, priority, run: null, at: null, read: read ? sides : [] })),
  );
  if (deleted) await noteDeleted(tx, site, news);
}

async function noteDeleted(
  tx: Tx,
  site: string,
  news: readonly { readonly link: number; readonly sides: readonly Side[] }[],
): Promise<void> {
  await sql`
    update due d set deleted_sides = array(select distinct unnest(d.deleted_sides || x.sides))
    from jsonb_to_recordset(${jsonb(news)}) as x(link bigint, sides text[])
    where d.site = ${site} and d.link = x.link`.execute(tx);
}

/** A row for every record that has no link at all, not even a broken one. */
async function allocateLinks(tx: Tx, site: string, kind: Kind, refs: readonly Ref[]): Promise<void> {
  const sides = refs.map(({ side }) => side);
  const ids = refs.map(({ id }) => id);
  await sql`
    insert into links (site, kind, phase, teamwork_id, desk_id, status, reason, asked)
    select ${site}, ${kind}, 'lone', case x.side when 'teamwork' then x.id end, case x.side when 'desk' then x.id end,
      'pending', 'not_yet_decided', ${askedByOrder(site, kind)}
    from unnest(${sides}::text[], ${ids}::text[]) as x(side, id)
    where not exists (select from (${linksOfRecord(site, kind, sql`x.side`, sql`x.id`)}) l)
    on conflict do nothing`.execute(tx);
}

/** Of `x(side, id)`: what was asked of a company that we are just making in Desk and that somebody met before us (R5). */
function askedByOrder(site: string, kind: Kind) {
  if (kind === 'customer') return sql`null::text`;
  return sql`(
    select n.asked from record_keys k
    join new_companies n on n.site = k.site and n.key = k.key and n.state in ('sent', 'unknown')
    where x.side = 'desk' and k.site = ${site} and k.kind = 'company' and k.side = 'desk' and k.field = 'name'
      and k.id = x.id
    limit 1)`;
}
