/** Link rows under lock while a decision about them is carried out. */
import { sql } from 'kysely';
import { linkHolding } from './lookups';
import type { LinkPhase, Reason, Status } from '../domain/link';
import { sides, type Kind } from '../domain/record';
import { keyOf, type Ref } from './record-rows';
import type { Tx } from './transaction';

export interface LockedLink {
  readonly number: number;
  readonly phase: LinkPhase;
  readonly teamworkId: string | null;
  readonly deskId: string | null;
  readonly status: Status;
  readonly reason: Reason | null;
  readonly asked: 'yes' | 'unchecked' | null;
  readonly paused: boolean;
  readonly version: number;
}

const columns = sql`
  l.number, l.phase, l.teamwork_id as "teamworkId", l.desk_id as "deskId", l.status, l.reason, l.asked, l.paused, l.version`;

/** Locks links in the order of their numbers. With `skip`, those that another transaction holds are left out. */
export async function lockLinks(
  tx: Tx,
  site: string,
  numbers: readonly number[],
  busy: 'wait' | 'skip',
): Promise<Map<number, LockedLink>> {
  if (numbers.length === 0) return new Map();
  const inOrder = [...new Set(numbers)].sort((one, other) => one - other);
  // Not `for update`: that would also stop others from making the link due.
  const { rows } = await sql<LockedLink>`
    select ${columns} from unnest(${inOrder}::bigint[]) as x(number)
    cross join lateral (
      select l.* from links l where l.site = ${site} and l.number = x.number
      offset 0 for no key update ${sql.raw(busy === 'skip' ? 'skip locked' : '')}
    ) l`.execute(tx);
  return new Map(rows.map((row) => [row.number, row]));
}

/** The number of the link that holds each record and is neither broken nor merged. */
export async function numbersHolding(
  tx: Tx,
  site: string,
  kind: Kind,
  refs: readonly Ref[],
): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (const side of sides) {
    const ids = refs.filter((ref) => ref.side === side).map((ref) => ref.id);
    if (ids.length === 0) continue;
    const { rows } = await sql<{ id: string; number: number }>`
      select x.id, l.number
      from unnest(${ids}::text[]) as x(id) cross join ${linkHolding(site, sql`${kind}`, side, sql`x.id`)} l`.execute(
      tx,
    );
    for (const { id, number } of rows) found.set(keyOf({ side, id }), number);
  }
  return found;
}

/** Those of the links that are in work: something is due, or a write is open. */
export async function linksInWork(
  tx: Tx,
  site: string,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, 'due' | 'intent'>> {
  if (numbers.length === 0) return new Map();
  const { rows } = await sql<{ link: number; what: 'due' | 'intent' }>`
    select d.link, 'due' as what from unnest(${numbers}::bigint[]) as x(link)
    cross join lateral (select link from due where site = ${site} and link = x.link offset 0) d
    union all
    select link, 'intent' from intents
    where site = ${site} and link = any(${numbers}::bigint[]) and state in ('sent', 'unknown')`.execute(tx);
  return new Map(rows.map(({ link, what }) => [link, what]));
}
