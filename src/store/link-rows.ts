/** Rows of `links` as the domain's links, and how the link of a record is found. */
import { sql, type RawBuilder } from 'kysely';
import { brokenLinksOf, linkAt, linkHolding } from './lookups';
import type { Link } from '../domain/link';
import { otherSide, type Kind, type Side } from '../domain/record';
import { keyOf, type Ref } from './record-rows';
import type { Tx } from './transaction';

/** The columns of a Link, of `links l`. */
export const linkColumns = sql`
  l.number, l.kind, l.phase, jsonb_build_object('teamwork', l.teamwork_id, 'desk', l.desk_id) as ids,
  jsonb_build_object('teamwork', l.teamwork_base, 'desk', l.desk_base) as bases, l.status, l.reason, l.notes, l.asked,
  l.choices, l.paused, l.active_since as "activeSince", l.tombstone, l.merged_into as "mergedInto",
  l.incarnation, l.version`;

/** A record whose link row is not allocated yet. */
export function hypotheticalLink(kind: Kind, { side, id }: Ref): Link {
  const ids: Partial<Link['ids']> = { [side]: id, [otherSide(side)]: null };
  return {
    number: 0,
    kind,
    phase: 'lone',
    ids: { teamwork: null, desk: null, ...ids },
    bases: { teamwork: {}, desk: {} },
    status: 'pending',
    reason: null,
    notes: [],
    asked: null,
    choices: {},
    paused: false,
    activeSince: null,
    tombstone: null,
    mergedInto: null,
    incarnation: 1,
    version: 0,
  };
}

/**
 * The link of each record: the one that is not broken; else the latest broken one, its tombstone. Keyed by `keyOf`;
 * a record without a link is left out.
 */
export async function linksOf(
  tx: Tx,
  site: string,
  kind: Kind,
  refs: readonly Ref[],
): Promise<Map<string, Link>> {
  const found = new Map<string, Link>();
  if (refs.length === 0) return found;
  const { rows } = await sql<Link>`
    select ${linkColumns}
    from (select distinct number from (${numbersHoldingAny(site, kind, refs)}) found) x
    cross join ${linkAt(site, sql`x.number`)} l
    order by (l.phase = 'broken') desc, l.number`.execute(tx);
  // Later rows overwrite: broken ones come first, in the order of their age.
  for (const link of rows) {
    for (const side of ['teamwork', 'desk'] as const) {
      const id = link.ids[side];
      if (id !== null) found.set(keyOf({ side, id }), link);
    }
  }
  return found;
}

/** A query of the numbers of all links that have one of those records, tombstones too. */
export function numbersHoldingAny(site: string, kind: Kind, refs: readonly Ref[]): RawBuilder<unknown> {
  return sql`${numbersOf(site, kind, 'teamwork', refs)} union all ${numbersOf(site, kind, 'desk', refs)}`;
}

function numbersOf(site: string, kind: Kind, side: Side, refs: readonly Ref[]): RawBuilder<unknown> {
  const ids = refs.filter((ref) => ref.side === side).map((ref) => ref.id);
  const [ofKind, id] = [sql`${kind}`, sql`x.id`];
  return sql`
    select l.number from unnest(${ids}::text[]) as x(id) cross join ${linkHolding(site, ofKind, side, id)} l
    union all
    select l.number from unnest(${ids}::text[]) as x(id) cross join ${brokenLinksOf(site, ofKind, side, id)} l`;
}

/** The link and those that it was merged into, one after the other; the last is merged into none. */
export const chainOf = (site: string, number: number): RawBuilder<unknown> => sql`(
  with recursive chain as (
    select number, merged_into from links where site = ${site} and number = ${number}
    union all
    select n.number, n.merged_into from chain c join links n on n.site = ${site} and n.number = c.merged_into
  ) select * from chain)`;

/** The numbers of those links and of all that were merged into them, over however many steps. */
export const withMerged = (site: string, numbers: RawBuilder<unknown>): RawBuilder<unknown> => sql`(
  with recursive taken(number) as (
    ${numbers}
    union
    select m.number from taken t join links m on m.site = ${site} and m.merged_into = t.number
  ) select number from taken)`;

export async function linkByNumber(tx: Tx, site: string, number: number): Promise<Link | null> {
  const { rows } = await sql<Link>`
    select ${linkColumns} from ${chainOf(site, number)} c join links l on l.site = ${site} and l.number = c.number
    where c.merged_into is null`.execute(tx);
  return rows[0] ?? null;
}
