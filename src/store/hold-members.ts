/** Who waits in which hold (R26). A hold's version moves whenever somebody comes, goes or waits for something else. */
import { sql } from 'kysely';
import type { MassChange } from '../domain/guard';
import type { Link } from '../domain/link';
import type { Kind } from '../domain/record';
import type { Proposal } from './guard';
import { jsonb } from './storable';
import type { Tx } from './transaction';

export interface Membership {
  readonly hold: number;
  readonly link: number;
  readonly change: MassChange;
  readonly field: string;
  readonly exactly: string;
  /** `expired`: approved, and the hour is over. */
  readonly state: 'open' | 'approved' | 'rejected' | 'expired';
}

export type NewMember = Proposal;

export async function membershipsOf(
  tx: Tx,
  site: string,
  links: readonly number[],
): Promise<readonly Membership[]> {
  const { rows } = await sql<Membership>`
    select m.hold, m.link, h.change, h.field, m.exactly,
      case when h.state = 'approved' and h.expires_at <= clock_timestamp() then 'expired' else h.state end as state
    from hold_members m join holds h on h.site = m.site and h.number = m.hold
    where m.site = ${site} and m.link = any(${links}::bigint[])`.execute(tx);
  return rows;
}

/** By link, the hold that an operator has not answered yet. */
export async function holdsOf(
  tx: Tx,
  site: string,
  links: readonly Pick<Link, 'number' | 'status'>[],
): Promise<ReadonlyMap<number, number>> {
  const held = links.filter(({ status }) => status === 'held').map(({ number }) => number);
  if (held.length === 0) return new Map();
  const memberships = await membershipsOf(tx, site, held);
  return new Map(memberships.filter(({ state }) => state === 'open').map(({ link, hold }) => [link, hold]));
}

export async function addMembers(
  tx: Tx,
  site: string,
  kind: Kind,
  members: readonly NewMember[],
): Promise<void> {
  if (members.length === 0) return;
  const asked = sql`jsonb_to_recordset(${jsonb(members)}) as p(change text, field text, link bigint, exactly text)`;
  await sql`
    insert into holds (site, kind, change, field)
    select distinct ${site}, ${kind}, p.change, p.field from ${asked} on conflict do nothing`.execute(tx);
  await sql`
    with joined as (
      insert into hold_members as m (site, hold, link, exactly)
      select ${site}, h.number, p.link, p.exactly from ${asked}
      join holds h on h.site = ${site} and h.kind = ${kind} and h.change = p.change and h.field = p.field
        and h.state = 'open'
      on conflict (link, hold, site) do update set exactly = excluded.exactly where m.exactly <> excluded.exactly
      returning m.hold
    )
    update holds h set version = version + 1 from (select distinct hold from joined) j
    where h.site = ${site} and h.number = j.hold`.execute(tx);
}

/** A hold that nobody waits in any more is over. */
export async function dropMembers(tx: Tx, site: string, members: readonly Membership[]): Promise<void> {
  if (members.length === 0) return;
  const left = sql`jsonb_to_recordset(${jsonb(members)}) as g(hold bigint, link bigint)`;
  await sql`
    delete from hold_members m using ${left}
    where m.site = ${site} and m.hold = g.hold and m.link = g.link`.execute(tx);
  await sql`
    update holds h set version = version + 1, state = case when h.state = 'open' and not exists (
        select from hold_members m where m.site = h.site and m.hold = h.number) then 'empty' else h.state end
    from (select distinct hold from ${left}) d where h.site = ${site} and h.number = d.hold`.execute(tx);
}
