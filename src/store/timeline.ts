/** The story of a link: its journal, and what hooks told of its records as long as deliveries are kept. */
import { sql, type Kysely } from 'kysely';
import type { JournalEntry } from '../ports/reads';
import { withMerged } from './link-rows';
import type { Database } from './tables';

/** The latest first; what befell a link that was merged into this one belongs to its story. */
export async function timelineOf(
  db: Kysely<Database>,
  site: string,
  link: number,
  limit: number,
): Promise<JournalEntry[]> {
  const links = withMerged(site, sql`select ${link}::bigint`);
  const { rows } = await sql<JournalEntry>`
    with written as (
      select j.at, j.link, j.event, j.side, j.run, j.detail, j.number,
        case when j.workflow_id is not null
          then jsonb_build_object('id', j.workflow_id, 'run', j.workflow_run) end as workflow
      from journal j where j.site = ${site} and j.link in ${links}
      order by j.number desc limit ${limit}
    ), records as (
      select distinct on (r.side, r.id) l.number as link, l.kind, r.side, r.id
      from links l cross join lateral (values ('teamwork', l.teamwork_id), ('desk', l.desk_id)) r(side, id)
      where l.site = ${site} and l.number in ${links} and r.id is not null
      order by r.side, r.id, l.number
    ), told as (
      select d.received_at as at, x.link, 'told_by_hook' as event, d.side, null::text as run,
        jsonb_build_object('hook', d.event, 'outcome', d.outcome) as detail, d.number, null::jsonb as workflow
      from records x cross join lateral (
        select * from deliveries d where d.site = ${site} and d.record_id = x.id and d.side = x.side and d.kind = x.kind
        order by d.number desc limit ${limit}) d
    )
    select at, link, event, side, run, detail, workflow from (table written union all table told) e
    order by at desc, number desc limit ${limit}`.execute(db);
  return rows;
}
