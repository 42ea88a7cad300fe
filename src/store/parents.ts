/** The companies that customers stand in, with their links; in a plan, with the links that the plan would make. */
import { sql } from 'kysely';
import type { ParentView } from '../domain/plan';
import type { Side } from '../domain/record';
import { linksOf } from './link-rows';
import { idColumn, recordAt, refRows } from './lookups';
import { keyed, keyOf, type Ref } from './record-rows';
import { instantText } from './storable';
import type { Tx } from './transaction';

/** In place of the id of a company that the plan would create. */
export const plannedId = 'planned';

/**
 * By `keyOf`, every company asked for; one that the mirror does not have yet counts as a client without a link.
 * `planRun` is the run in mode `plan` whose decisions are taken as done.
 */
export async function parentsOf(
  tx: Tx,
  site: string,
  companies: readonly Ref[],
  planRun: string | null,
): Promise<Map<string, ParentView>> {
  const asked = [...new Map(companies.map((company) => [keyOf(company), company])).values()];
  if (asked.length === 0) return new Map();
  const { rows } = await sql<Ref & Pick<ParentView, 'scope' | 'presence' | 'readAt'>>`
    select r.side, r.id, r.scope, r.presence, r.read_at as "readAt"
    from ${refRows(asked)}
    cross join ${recordAt(site, keyed('company'))} r`.execute(tx);
  const known = new Map(rows.map((row) => [keyOf(row), row]));
  const links = await linksOf(tx, site, 'company', asked);
  const planned =
    planRun === null ? new Map<string, Parent>() : await plannedParents(tx, site, planRun, asked);
  return new Map(
    asked.map(({ side, id }): [string, ParentView] => {
      const key = keyOf({ side, id });
      return [key, { ...unknown, ...known.get(key), id, link: planned.get(key) ?? links.get(key) ?? null }];
    }),
  );
}

const unknown = { scope: 'client', presence: 'present', readAt: null } as const;

type Parent = NonNullable<ParentView['link']>;

/** Companies without a link row get a number below zero, their own in this plan: two never look like one. */
async function plannedParents(
  tx: Tx,
  site: string,
  run: string,
  companies: readonly Ref[],
): Promise<Map<string, Parent>> {
  const planned = (side: Side) => sql`
    select x.side, x.id, p.* from ${refRows(companies)}
    join planned p on p.${idColumn(side)} = x.id and p.site = ${site} and p.run = ${run} and p.kind = 'company'
    where x.side = ${side} and p.active_since is not null`;
  const { rows } = await sql<Ref & { readonly link: Parent }>`
    select p.side, p.id, jsonb_build_object('number', coalesce(p.link, -p.position), 'phase', 'active',
      'ids', jsonb_build_object('teamwork', coalesce(p.teamwork_id, ${plannedId}),
        'desk', coalesce(p.desk_id, ${plannedId})),
      'status', 'in_sync', 'reason', 'agreed', 'asked', p.asked, 'activeSince', ${instantText(sql`p.active_since`)}) as link
    from (${planned('teamwork')} union all ${planned('desk')}) p`.execute(tx);
  return new Map(rows.map((row) => [keyOf(row), row.link]));
}

/** The numbers of the active links among them. */
export function activeNumbers(parents: ReadonlyMap<string, ParentView>): Map<string, number> {
  return new Map(
    [...parents].flatMap(([key, { link }]): [string, number][] =>
      link?.phase === 'active' ? [[key, link.number]] : [],
    ),
  );
}
