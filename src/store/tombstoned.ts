/** Records that remained of a broken link (R22), and since when their counterpart is not there any more. */
import { sql } from 'kysely';
import type { MatchRecord } from '../domain/match';
import { otherSide, sides, type Kind } from '../domain/record';
import { brokenLinksOf, idColumn, recordAt, refRows } from './lookups';
import { keyOf, type Ref } from './record-rows';
import type { Tx } from './transaction';

export type Tombstones = ReadonlyMap<string, NonNullable<MatchRecord['tombstone']>>;

/**
 * By `keyOf`; of several links the latest. A record made again may be met before the deletion of the old one is noticed,
 * so what counts is when that was last seen alive. An operator's unlink has its own time, whatever was deleted before; so
 * has a merge in Desk, for who holds the email since was there before it (R17).
 */
export async function tombstonesOf(
  tx: Tx,
  site: string,
  kind: Kind,
  refs: readonly Ref[],
): Promise<Tombstones> {
  if (refs.length === 0) return new Map();
  const ofKind = sql`${kind}`;
  const perSide = sides.map((side) => {
    const other = otherSide(side);
    const counterpart = { kind: ofKind, side: sql`${other}`, id: sql`b.${idColumn(other)}` };
    return sql`
      select x.side, x.id, b.number as link, coalesce(
        case when b.tombstone ->> 'reason' in ('unlinked_by_operator', 'merged_in_desk') then null else r.alive_at end,
        (b.tombstone ->> 'at')::timestamptz) as since, (b.tombstone ->> 'at')::timestamptz as "brokenAt"
      from ${refRows(refs)} cross join ${brokenLinksOf(site, ofKind, side, sql`x.id`)} b
      left join ${recordAt(site, counterpart)} r on true where x.side = ${side}`;
  });
  const { rows } = await sql<Ref & NonNullable<MatchRecord['tombstone']>>`
    select * from (${sql.join(perSide, sql` union all `)}) t order by link`.execute(tx);
  return new Map(rows.map(({ side, id, ...tombstone }) => [keyOf({ side, id }), tombstone]));
}
