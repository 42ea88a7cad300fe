/**
 * Rows by their key, for many keys at once, as items of a `from` list. `offset 0` keeps the planner from merging them
 * into the rest of the statement: in tables just filled, which have no statistics yet, its guess of how many rows there
 * are is off by thousands. `place` is the row's address, by which it can be changed at once. The inner name `it` is
 * not to be used around them.
 */
import { sql, type RawBuilder } from 'kysely';
import { sides, type Kind, type Side } from '../domain/record';

type Part = RawBuilder<unknown>;

export interface RecordKey {
  readonly kind: Part;
  readonly side: Part;
  readonly id: Part;
}

/** At most one row of `records`. */
export function recordAt(site: string, { kind, side, id }: RecordKey): Part {
  return sql`lateral (
    select it.*, it.ctid as place from records it
    where it.site = ${site} and it.kind = ${kind} and it.side = ${side} and it.id = ${id} offset 0)`;
}

/** The rows of `record_keys` of one record. */
export function keysOfRecord(site: string, { kind, side, id }: RecordKey): Part {
  return sql`lateral (
    select it.*, it.ctid as place from record_keys it
    where it.site = ${site} and it.kind = ${kind} and it.side = ${side} and it.id = ${id} offset 0)`;
}

/** The rows of `record_keys` with one key. */
export function holdersOfKey(site: string, { kind, key }: { readonly kind: Part; readonly key: Part }): Part {
  return sql`lateral (
    select it.* from record_keys it where it.site = ${site} and it.kind = ${kind} and it.key = ${key} offset 0)`;
}

/** At most one row of `links`. */
export function linkAt(site: string, number: Part): Part {
  return sql`lateral (
    select it.*, it.ctid as place from links it where it.site = ${site} and it.number = ${number} offset 0)`;
}

/** The link that is neither broken nor merged and has that record: at most one row. */
export function linkHolding(site: string, kind: Part, side: Side, id: Part): Part {
  return sql`lateral (
    select it.*, it.ctid as place from links it
    where it.site = ${site} and it.kind = ${kind} and it.${idColumn(side)} = ${id} and it.phase in ('lone', 'active')
    offset 0)`;
}

/** The broken links that had that record. */
export function brokenLinksOf(site: string, kind: Part, side: Side, id: Part): Part {
  return sql`lateral (
    select it.* from links it
    where it.site = ${site} and it.kind = ${kind} and it.${idColumn(side)} = ${id} and it.phase = 'broken' offset 0)`;
}

/**
 * A query of every link that has that record, tombstones too: looked up in the indexes of both, side by side. `phase <>
 * 'merged'` would be shorter, and reads all links, for no index is of just those.
 */
export function linksOfRecord(site: string, kind: Kind, side: Part, id: Part): Part {
  const parts = sides.flatMap((one) =>
    [sql`l.phase in ('lone', 'active')`, sql`l.phase = 'broken'`].map(
      (ofPhase) => sql`
        select l.* from links l where ${side} = ${sql.lit(one)} and ${sql.ref(`l.${one}_id`)} = ${id}
          and l.site = ${site} and l.kind = ${kind} and ${ofPhase}`,
    ),
  );
  return sql.join(parts, sql` union all `);
}

export function idColumn(side: Side): RawBuilder<string> {
  return sql.ref(side === 'teamwork' ? 'teamwork_id' : 'desk_id');
}

/** `x(side, id)`: a row for each ref. */
export function refRows(refs: readonly { readonly side: Side; readonly id: string }[]): Part {
  const sides = refs.map(({ side }) => side);
  const ids = refs.map(({ id }) => id);
  return sql`unnest(${sides}::text[], ${ids}::text[]) as x(side, id)`;
}
