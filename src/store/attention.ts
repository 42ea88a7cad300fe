/** All that waits for a person: failing links, questions, holds, and what stands alone (R5, R14, R22, R26). */
import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Side } from '../domain/record';
import type { Attention, AttentionItem, Hold } from '../ports/holds';
import { holdColumns } from './holds';
import { idColumn, linkHolding, recordAt } from './lookups';
import type { Database } from './tables';

export async function attentionOf(db: Kysely<Database>, site: string): Promise<Attention> {
  const itemsOf = async (query: RawBuilder<AttentionItem>) => (await query.execute(db)).rows;
  const [failing, questions, open, alone] = await Promise.all([
    itemsOf(failingLinks(site)),
    itemsOf(openQuestions(site)),
    openHolds(db, site),
    itemsOf(standingAlone(site)),
  ]);
  const holds = open.map(({ number, kind, change, count }) => ({ id: number, kind, reason: change, count }));
  return { failing, questions, holds, alone };
}

/** The oldest first. */
export async function openHolds(db: Kysely<Database>, site: string): Promise<readonly Hold[]> {
  const { rows } = await sql<Hold>`
    select ${holdColumns} from holds h where h.site = ${site} and h.state = 'open' order by h.number`.execute(
    db,
  );
  return rows;
}

function failingLinks(site: string): RawBuilder<AttentionItem> {
  return sql<AttentionItem>`
    select l.number as id, l.kind, l.reason, 1 + (case l.kind when 'company' then (
      select count(*) from records r cross join ${linkHolding(site, sql`'customer'`, 'teamwork', sql`r.id`)} p
      where r.site = ${site} and r.kind = 'customer' and r.side = 'teamwork' and r.company_id = l.teamwork_id
        and p.status = 'waiting') else 0 end) as count
    from links l where l.site = ${site} and l.status = 'failing' and l.phase in ('lone', 'active')
    order by l.number`;
}

function openQuestions(site: string): RawBuilder<AttentionItem> {
  return sql<AttentionItem>`
    select l.number as id, l.kind, q.reason, cardinality(q.candidates) as count
    from questions q join links l on l.site = q.site and l.number = q.link
    where q.site = ${site} and l.phase in ('lone', 'active') order by l.number`;
}

/** Desk companies that nobody asked for, and of broken links whatever is still there and not linked anew. */
function standingAlone(site: string): RawBuilder<AttentionItem> {
  return sql<AttentionItem>`
    select l.number as id, l.kind, l.reason, 1 + (case l.kind when 'company' then ${peopleIn(site)} else 0 end) as count
    from links l
    where l.site = ${site} and (l.phase = 'lone' and l.kind = 'company' and l.status = 'excluded'
        and l.reason in ('not_asked', 'unchecked')
      or l.phase = 'broken' and (${remains(site, 'teamwork')} or ${remains(site, 'desk')}))
    order by l.number`;
}

function peopleIn(site: string): RawBuilder<unknown> {
  const inCompany = (side: Side) => sql`
    (select count(*) from records r where r.site = ${site} and r.kind = 'customer' and r.side = ${side}
      and r.company_id = l.${idColumn(side)} and r.presence <> 'gone')`;
  return sql`greatest(${inCompany('teamwork')}, ${inCompany('desk')})`;
}

function remains(site: string, side: Side): RawBuilder<unknown> {
  const id = sql`l.${idColumn(side)}`;
  return sql`(
    exists (select from ${recordAt(site, { kind: sql`l.kind`, side: sql`${side}`, id })} r
      where r.presence <> 'gone' and not r.deleted)
    and not exists (select from ${linkHolding(site, sql`l.kind`, side, id)} h))`;
}
