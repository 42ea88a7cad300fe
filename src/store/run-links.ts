/** What a run linked or created and what is linked still: what can be undone of it. */
import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Kind } from '../domain/record';
import type { RunLink, RunLinkCounts } from '../ports/reads';
import { linkRows } from './link-lists';
import type { Database } from './tables';

/** Of each link once: a pair of which one record was created counts as created. */
function doneBy(site: string, run: string): RawBuilder<unknown> {
  return sql`
    select j.link, case when bool_or(j.event = 'created') then 'created' else 'linked' end as did
    from journal j
    where j.run = ${run} and j.site = ${site} and j.event in ('linked', 'created') group by j.link`;
}

export async function runLinks(
  db: Kysely<Database>,
  site: string,
  run: string,
  after: number,
  limit: number,
): Promise<RunLink[]> {
  const { rows } = await sql<{ number: number; did: RunLink['did'] }>`
    select l.number, x.did from (${doneBy(site, run)}) x
    join links l on l.number = x.link and l.site = ${site} and l.phase = 'active'
    where l.number > ${after} order by l.number limit ${limit}`.execute(db);
  const did = new Map(rows.map((row) => [row.number, row.did]));
  const links = await linkRows(db, site, sql`l.number = any(${[...did.keys()]}::bigint[]) order by l.number`);
  return links.map((row) => ({ ...row, did: did.get(row.link.number) ?? 'linked' }));
}

export async function runLinkCounts(db: Kysely<Database>, site: string, run: string): Promise<RunLinkCounts> {
  const { rows } = await sql<{ kind: Kind; did: RunLink['did']; links: number }>`
    select l.kind, x.did, count(*) as links from (${doneBy(site, run)}) x
    join links l on l.number = x.link and l.site = ${site} and l.phase = 'active' group by 1, 2`.execute(db);
  const of = (kind: Kind, did: RunLink['did']) =>
    rows.find((row) => row.kind === kind && row.did === did)?.links ?? 0;
  const counts = (kind: Kind) => ({ linked: of(kind, 'linked'), created: of(kind, 'created') });
  return { company: counts('company'), customer: counts('customer') };
}
