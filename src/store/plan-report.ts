/** What a plan would do: counts, companies with their people, values replaced, calls and time needed. */
import { sql } from 'kysely';
import { sides, type Kind, type Side } from '../domain/record';
import type { PlanReport, PlannedCompany } from '../ports/runs';
import { limitsOf } from './budget-limits';
import type { Tx } from './transaction';

/** A write is one call; Teamwork.com's writes of people answer no record and are read back (R13). */
function callsOfStep(side: Side, kind: Kind): number {
  return side === 'teamwork' && kind === 'customer' ? 2 : 1;
}

export async function planReport(tx: Tx, site: string, run: string): Promise<PlanReport> {
  const limits = await limitsOf(tx, site);
  const limitPerMinute = { teamwork: limits.teamwork.limitPerMinute, desk: limits.desk.limitPerMinute };
  const calls = await callsNeeded(tx, site, run);
  return {
    run,
    counts: await countsOf(tx, site, run),
    companies: await companiesOf(tx, site, run),
    replaced: await replacedValues(tx, site, run),
    calls,
    limitPerMinute,
    minutes: Math.max(...sides.map((side) => calls[side] / limitPerMinute[side])),
  };
}

/** Outcomes; those that need an explanation are counted with their reason. */
async function countsOf(tx: Tx, site: string, run: string): Promise<PlanReport['counts']> {
  const { rows } = await sql<{ kind: Kind; outcome: string; links: number }>`
    select kind, ${countedAs} as outcome, count(*) as links
    from planned p where site = ${site} and run = ${run} group by 1, 2 order by 1, 2`.execute(tx);
  const of = (kind: Kind) =>
    Object.fromEntries(rows.filter((row) => row.kind === kind).map(({ outcome, links }) => [outcome, links]));
  return { company: of('company'), customer: of('customer') };
}

const countedAs = sql`
  case when p.outcome in ('linked', 'created', 'updated', 'unchanged') then p.outcome
    else p.outcome || ':' || p.reason end`;

async function callsNeeded(tx: Tx, site: string, run: string): Promise<Record<Side, number>> {
  const { rows } = await sql<{ kind: Kind; side: Side; steps: number }>`
    select p.kind, s ->> 'side' as side, count(*) as steps
    from planned p cross join jsonb_array_elements(p.steps) s
    where p.site = ${site} and p.run = ${run} group by 1, 2`.execute(tx);
  const calls: Record<Side, number> = { teamwork: 0, desk: 0 };
  for (const { kind, side, steps } of rows) calls[side] += steps * callsOfStep(side, kind);
  return calls;
}

async function replacedValues(tx: Tx, site: string, run: string): Promise<PlanReport['replaced']> {
  const { rows } = await sql<PlanReport['replaced'][number]>`
    select p.kind, r ->> 'side' as side, r ->> 'id' as id, r ->> 'field' as field
    from planned p cross join jsonb_array_elements(p.replaced) r
    where p.site = ${site} and p.run = ${run} order by p.position`.execute(tx);
  return rows;
}

/** Customers count with the company that they stand in on either side, the others with a company without a name. */
async function companiesOf(tx: Tx, site: string, run: string): Promise<readonly PlannedCompany[]> {
  const { rows } = await sql<PlannedCompany>`
    with companies as (
      select * from planned where site = ${site} and run = ${run} and kind = 'company'
    ), people as (
      select coalesce(t.position, d.position) as company, ${countedAs} as outcome, count(*) as number
      from planned p
      left join companies t on t.teamwork_id = p.teamwork_company
      left join companies d on d.desk_id = p.desk_company
      where p.site = ${site} and p.run = ${run} and p.kind = 'customer'
      group by 1, 2
    ), counted as (
      select company, jsonb_object_agg(outcome, number) as people from people group by company
    )
    select p.teamwork_id as "teamworkId", p.desk_id as "deskId", coalesce(p.name, '') as name,
      coalesce(${countedAs}, '') as outcome, coalesce(c.people, '{}') as people
    from companies p full join counted c on c.company = p.position
    order by p.position nulls last`.execute(tx);
  return rows;
}
