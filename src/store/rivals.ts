/** Who waits for an identity that another holds, or is asked which of several it is: due when that changes (R14, R16). */
import { sql, type RawBuilder } from 'kysely';
import type { Kind, Side } from '../domain/record';
import { addDue } from './due';
import { holdersOfKey, idColumn, keysOfRecord, linkHolding, refRows } from './lookups';
import type { Ref } from './record-rows';
import type { Tx } from './transaction';

/**
 * These records came into a link or out of one: whoever shares a name, a domain or an email with them and waits, because
 * it is taken or ambiguous, is decided anew. Those that wait are few; without any this is one look into an index.
 */
export async function wakeRivals(
  tx: Tx,
  site: string,
  kind: Kind,
  refs: readonly Ref[],
  run: string | null,
): Promise<void> {
  if (refs.length === 0) return;
  const keysOf = (side: 'x' | 'own') =>
    keysOfRecord(site, { kind: sql`${kind}`, side: sql.ref(`${side}.side`), id: sql.ref(`${side}.id`) });
  await addDue(
    tx,
    site,
    sql`
    with changed as (
      select k.key from ${refRows(refs)} cross join ${keysOf('x')} k where k.field <> 'fullName'
    )
    select w.number, ${kind}, clock_timestamp(), ${run === null ? 2 : 4}::smallint, '{}'::text[], ${run}::text
    from (
      select number, teamwork_id, desk_id from links
      where site = ${site} and kind = ${kind} and phase in ('lone', 'active')
        and (status = 'question' or status = 'failing' and reason = 'taken') offset 0
    ) w
    cross join lateral (values ('teamwork', w.teamwork_id), ('desk', w.desk_id)) own(side, id)
    cross join ${keysOf('own')} k
    where k.field <> 'fullName' and k.key in (select key from changed)
    group by w.number`,
  );
}

/**
 * A link broke: what remained of it is nobody's any more. Whoever stands alone, for whatever reason, and shares a name, a
 * domain or an email with it may be its counterpart by now (R22).
 */
export async function wakeAlike(
  tx: Tx,
  site: string,
  kind: Kind,
  refs: readonly Ref[],
  run: string | null,
): Promise<void> {
  if (refs.length === 0) return;
  const own = keysOfRecord(site, { kind: sql`${kind}`, side: sql`x.side`, id: sql`x.id` });
  const lone = (side: Side) => sql`
    select l.number from ${refRows(refs)} cross join ${own} k
    cross join ${holdersOfKey(site, { kind: sql`${kind}`, key: sql`k.key` })} h
    cross join ${linkHolding(site, sql`${kind}`, side, sql`h.id`)} l
    where k.field <> 'fullName' and h.field <> 'fullName' and h.side = ${side} and l.phase = 'lone'`;
  await addDue(
    tx,
    site,
    sql`
    select w.number, ${kind}, clock_timestamp(), ${run === null ? 2 : 4}::smallint, '{}'::text[], ${run}::text
    from (${lone('teamwork')} union ${lone('desk')}) w`,
  );
}

/** These records changed or are gone: whoever is asked whether one of them is its counterpart is decided anew. */
export async function wakeAskedAbout(
  tx: Tx,
  site: string,
  kind: Kind,
  side: Side,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await addDue(
    tx,
    site,
    sql`
    select l.number, l.kind, clock_timestamp(), 2::smallint, '{}'::text[], null::text
    from questions q join links l on l.site = q.site and l.number = q.link
    where q.site = ${site} and l.kind = ${kind} and l.phase = 'lone' and l.${idColumn(side)} is null
      and q.candidates && ${ids}::text[]`,
  );
}

/**
 * These emails are another person's no more: who keeps one of them beside, and could not be synced with it for that (R8), is
 * decided anew. `freed` is a query of their keys.
 */
export async function wakeSharers(tx: Tx, site: string, freed: RawBuilder<unknown>): Promise<void> {
  const customer = sql`'customer'`;
  const noted = (side: Side) => sql`
    select l.number from (${freed}) f
    cross join ${holdersOfKey(site, { kind: customer, key: sql`f.key` })} h
    cross join ${linkHolding(site, customer, side, sql`h.id`)} l
    where h.side = ${side} and l.phase = 'active' and l.notes @> '[{"reason": "email_of_another_person"}]'`;
  await addDue(
    tx,
    site,
    sql`
    select w.number, 'customer', clock_timestamp(), 2::smallint, '{}'::text[], null::text
    from (${noted('teamwork')} union ${noted('desk')}) w`,
  );
}
