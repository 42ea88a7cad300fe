/** Links by status or by what changed last: a walk along an index of that order (0013-link-order, 0018-walled-orders). */
import { sql, type RawBuilder } from 'kysely';
import type { LinkOrder, LinkPageFilter } from '../ports/reads';
import { hasStatus, linksOfKind } from './link-finding';

export interface Place {
  readonly number: number;
  readonly key: string;
}

type Ordered = Exclude<LinkOrder, 'name'>;

/** Word for word the expression that is indexed. */
const rank = sql`(case when l.status = 'broken' then 1 when l.paused then 2 when l.status = 'paused' then 2
  when l.status = 'question' then 3 when l.status = 'held' then 4 when l.status = 'suspended' then 5
  when l.status = 'excluded' then 6 when l.status = 'waiting' then 7 when l.status = 'failing' then 8
  when l.status = 'pending' then 9 when l.status = 'in_sync' then 10 end)`;

const keys: Readonly<Record<Ordered, RawBuilder<string>>> = {
  status: sql`${rank}::text`,
  // Whole microseconds, which a text keeps exactly.
  changed: sql`(extract(epoch from l.changed_at) * 1000000)::bigint::text`,
};

const sorting: Readonly<Record<Ordered, RawBuilder<unknown>>> = {
  status: sql`${rank}, l.number`,
  changed: sql`l.changed_at desc, l.number desc`,
};

function beyond(order: Ordered, after: LinkPageFilter['after']): RawBuilder<unknown> {
  if (after === undefined) return sql`true`;
  const { key, number } = after;
  return order === 'status'
    ? sql`(${rank}, l.number) > (${key}::integer, ${number}::bigint)`
    : sql`(l.changed_at, l.number) < ('epoch'::timestamptz + ${key}::bigint * interval '1 microsecond', ${number}::bigint)`;
}

export function placesInOrder(
  site: string,
  { kind, status, order, after }: LinkPageFilter & { readonly order: Ordered },
  wanted: number,
  few: readonly number[] | null,
): RawBuilder<Place> {
  return sql<Place>`
    select l.number, ${keys[order]} as key from (${linksOfKind(site, kind, few)}) l join sites s on s.site = l.site
    where ${hasStatus(status)} and ${beyond(order, after)} order by ${sorting[order]} limit ${wanted}`;
}
