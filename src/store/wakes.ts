/** Whoever changes a fact that others wait for makes them due in the same transaction (R16, R25). */
import { sql, type RawBuilder } from 'kysely';
import type { Side } from '../domain/record';
import { addDue } from './due';
import { linkHolding, linksOfRecord } from './lookups';
import { jsonb } from './storable';
import type { Tx } from './transaction';

export interface CompanyIds {
  readonly teamworkId: string | null;
  readonly deskId: string | null;
}

/** The customers of both sides that stand in one of those companies, with their links where they have one: a pair twice. */
function peopleOf(site: string, companies: readonly CompanyIds[]) {
  return sql`
    select 'teamwork' as side, r.id, l.number, l.phase, l.status, l.reason, r.scope
    from jsonb_to_recordset(${jsonb(companies)}) as c("teamworkId" text, "deskId" text)
    cross join ${peopleIn(site, 'teamwork', sql`c."teamworkId"`)} r
    left join ${linkHolding(site, sql`'customer'`, 'teamwork', sql`r.id`)} l on true
    union all
    select 'desk', r.id, l.number, l.phase, l.status, l.reason, r.scope
    from jsonb_to_recordset(${jsonb(companies)}) as c("teamworkId" text, "deskId" text)
    cross join ${peopleIn(site, 'desk', sql`c."deskId"`)} r
    left join ${linkHolding(site, sql`'customer'`, 'desk', sql`r.id`)} l on true`;
}

function peopleIn(site: string, side: Side, company: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`lateral (
    select id, scope from records
    where site = ${site} and kind = 'customer' and side = ${side} and company_id = ${company} and presence <> 'gone'
    offset 0)`;
}

/**
 * Companies became active: their people are due. A run plans the people by itself in its next phase, and is only told of
 * those who waited already, or were left out because of their company; without a run, or once that phase has begun, every
 * record without a link gets one now, to be decided.
 */
export async function wakePeopleOfLinked(
  tx: Tx,
  site: string,
  companies: readonly CompanyIds[],
  inRun: string | null,
): Promise<void> {
  if (companies.length === 0) return;
  const run = inRun !== null && (await isToPlanPeople(tx, site, inRun)) ? inRun : null;
  const people = peopleOf(site, companies);
  if (run === null) await allocateLinks(tx, site, companies);
  const waiting =
    run === null
      ? sql`(p.phase = 'lone' or p.status in ('waiting', 'suspended'))`
      : sql`(p.status in ('waiting', 'suspended') or p.reason in ('company_broken', 'company_not_linked'))`;
  await addDue(
    tx,
    site,
    sql`
    select w.number, 'customer', clock_timestamp(), ${run === null ? 2 : 4}::smallint, '{}'::text[], ${run}::text
    from (select distinct p.number from (${people}) p where p.number is not null and ${waiting}) w`,
  );
}

async function isToPlanPeople(tx: Tx, site: string, run: string): Promise<boolean> {
  const { rows } = await sql`
    select from runs where site = ${site} and run = ${run} and state in ('running', 'paused')
      and phase in ('survey', 'companies')`.execute(tx);
  return rows.length > 0;
}

/** A company's link broke: its people's links rest now, or broke with it (R21, R25); so do those just being made. */
export async function wakePeopleOfBroken(tx: Tx, site: string, company: CompanyIds): Promise<void> {
  await addDue(
    tx,
    site,
    sql`
    select w.number, 'customer', clock_timestamp(), 2::smallint, '{}'::text[], null::text
    from (select distinct p.number from (${peopleOf(site, [company])}) p
      where p.phase = 'active' or p.phase = 'lone' and p.status = 'pending') w`,
  );
}

/** People whose deletion is believed only once it is known whether their company went with them (R21). */
export async function wakePeopleWaitingFor(tx: Tx, site: string, teamworkId: string | null): Promise<void> {
  if (teamworkId === null) return;
  await addDue(
    tx,
    site,
    sql`
    select l.number, 'customer', clock_timestamp(), 2::smallint, '{}'::text[], null::text
    from links l
    where l.site = ${site} and l.kind = 'customer' and l.phase = 'active' and l.status = 'pending'
      and l.reason = 'gone_to_be_confirmed' and exists (select from records r
        where r.site = ${site} and r.kind = 'customer' and r.side = 'teamwork' and r.id = l.teamwork_id
          and r.company_id = ${teamworkId})`,
  );
}

/** A link row for everybody in the company who has none, not even a broken one. */
async function allocateLinks(tx: Tx, site: string, companies: readonly CompanyIds[]): Promise<void> {
  await sql`
    insert into links (site, kind, phase, teamwork_id, desk_id, status, reason)
    select ${site}, 'customer', 'lone', case p.side when 'teamwork' then p.id end, case p.side when 'desk' then p.id end,
      'waiting', 'company_not_yet_linked'
    from (${peopleOf(site, companies)}) p
    where p.number is null and p.scope = 'client' and not exists (
      select from (${linksOfRecord(site, 'customer', sql`p.side`, sql`p.id`)}) l)
    on conflict do nothing`.execute(tx);
}
