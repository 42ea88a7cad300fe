/** Who is about to give a record an identity (R15): held while the intent is open, unique by constraint. */
import { sql } from 'kysely';
import type { Link } from '../domain/link';
import type { Fields, Kind, Side } from '../domain/record';
import { keysOfRecord, recordAt, refRows } from './lookups';
import { emailKey, isDomainKey, nameKey } from './match-keys';
import { keyOf, type Ref } from './record-rows';
import type { PlannedStep } from './tables';
import type { Tx } from './transaction';

/**
 * Claims the identity that a write gives; a create gives also what its source record is matched by. Answers the keys, or
 * null when another open intent holds one of them: the caller's transaction is then to be undone.
 */
export async function claimIdentity(
  tx: Tx,
  site: string,
  { kind, number }: Pick<Link, 'kind' | 'number'>,
  of: { readonly step: PlannedStep; readonly source: Ref | null; readonly intent: string },
): Promise<readonly string[] | null> {
  const { step, source, intent } = of;
  const from = step.action === 'create' ? source : null;
  const given = givenBy(kind, step.values);
  if (from === null && given.length === 0) return [];
  // In one order by all, and waiting for a transaction that is just claiming or giving back the same key.
  const { rows } = await sql<{ keys: readonly string[]; claimed: number }>`
    with wanted as (
      select key from unnest(${given}::text[]) as g(key)
      union
      select key from record_keys
      where site = ${site} and kind = ${kind} and side = ${from?.side ?? null} and id = ${from?.id ?? null}
        and field in ('name', 'domains', 'email')
      order by key
    ), claimed as (
      insert into identity_claims (site, kind, key, link, intent)
      select ${site}, ${kind}, key, ${number}, ${intent} from wanted
      on conflict do nothing returning key
    )
    select array(select key from wanted) as keys, (select count(*)::int from claimed) as claimed`.execute(tx);
  const [row] = rows;
  return row?.keys.length === row?.claimed ? (row?.keys ?? []) : null;
}

function givenBy(kind: Kind, { name, email }: Fields): string[] {
  const keys = kind === 'company' ? [typeof name === 'string' ? nameKey(name) : ''] : [];
  if (kind === 'customer' && typeof email === 'string') keys.push(emailKey(email));
  return keys.filter((key) => key !== '');
}

/**
 * Which of these records may be what a create that is still open has made: met since it was sent, and with an identity that
 * it claims, or made by our credential's user, whatever it is called by now: somebody may have edited it at once. Until its
 * outcome is known they are nobody else's counterpart, and nothing is created from them.
 */
export async function awaitedRecords(
  tx: Tx,
  site: string,
  kind: Kind,
  refs: readonly Ref[],
): Promise<ReadonlySet<string>> {
  if (refs.length === 0) return new Set();
  const record = { kind: sql`${kind}`, side: sql`x.side`, id: sql`x.id` };
  const openCreates = sql`
    identity_claims c
    join intents i on i.site = c.site and i.id = c.intent and i.action = 'create'`;
  const { rows } = await sql<Ref>`
    select x.side, x.id from ${refRows(refs)}
    cross join ${keysOfRecord(site, record)} k
    join ${openCreates} on c.site = ${site} and c.kind = ${kind} and c.key = k.key and i.side = x.side
    cross join ${recordAt(site, record)} r
    where k.field in ('name', 'domains', 'email') and r.first_seen_at > i.sent_at
    union
    select x.side, x.id from ${refRows(refs)}
    join (
      select i.side, min(i.sent_at) as sent_at, (select users ->> i.side from sites where site = ${site}) as us
      from ${openCreates} where c.site = ${site} and c.kind = ${kind} group by i.side
    ) o on o.side = x.side
    cross join ${recordAt(site, record)} r
    where r.created_by = o.us and r.first_seen_at > o.sent_at`.execute(tx);
  return new Set(rows.map(keyOf));
}

/**
 * Whether the target side has a record with one of the keys that the decision to create did not know of: it is decided
 * anew. A domain counts only while no side has two carriers, as in matching.
 */
export async function isNewsOnTarget(
  tx: Tx,
  site: string,
  kind: Kind,
  target: Side,
  { keys, known }: { readonly keys: readonly string[]; readonly known: readonly string[] },
): Promise<boolean> {
  const domains = keys.filter(isDomainKey);
  const names = keys.filter((key) => !isDomainKey(key));
  const { rows } = await sql`
    with carriers as (
      select distinct k.key, k.side, k.id from record_keys k
      join records r on r.site = k.site and r.kind = k.kind and r.side = k.side and r.id = k.id
      where k.site = ${site} and k.kind = ${kind} and k.key = any(${keys}::text[]) and r.presence <> 'gone' and not r.deleted
    )
    select from carriers c
    where c.side = ${target} and c.id <> all(${known}::text[]) and (c.key = any(${names}::text[])
      or c.key = any(${domains}::text[]) and not exists (select from carriers o
        where o.key = c.key group by o.side having count(*) > 1))
    limit 1`.execute(tx);
  return rows.length > 0;
}
