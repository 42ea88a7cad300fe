/** Where every link stands with a run: what the run did to it, or why nothing was done. */
import { sql, type Kysely } from 'kysely';
import type { Kind } from '../domain/record';
import type { RunCounts } from '../ports/runs';
import type { Database } from './tables';

/**
 * Each link counts once: `linked`, `created` or `updated` by this run, `unchanged`, or its status with the reason. A pair
 * of which the mirror says something that no decision was taken on yet is `pending:changes_to_write`.
 */
export async function outcomesOf(
  db: Kysely<Database>,
  site: string,
  run: string,
): Promise<RunCounts['outcomes']> {
  const { rows } = await sql<{ kind: Kind; outcome: string; links: number }>`
    select l.kind,
      case when l.status <> 'in_sync' then l.status || ':' || coalesce(l.reason, '')
        when t.decided is false or d.decided is false then 'pending:changes_to_write'
        when l.run = ${run} then coalesce(l.action, 'unchanged')
        else 'unchanged' end as outcome,
      count(*) as links
    from links l
    left join records t on t.site = l.site and t.kind = l.kind and t.side = 'teamwork' and t.id = l.teamwork_id
    left join records d on d.site = l.site and d.kind = l.kind and d.side = 'desk' and d.id = l.desk_id
    where l.site = ${site} and l.phase <> 'merged'
    group by 1, 2`.execute(db);
  const of = (kind: Kind) =>
    Object.fromEntries(rows.filter((row) => row.kind === kind).map(({ outcome, links }) => [outcome, links]));
  return { company: of('company'), customer: of('customer') };
}
