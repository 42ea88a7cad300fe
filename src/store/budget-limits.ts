/** How much a site may call each API: the vendor's own limit, known from its headers, times the site's share. */
import { sql, type Kysely } from 'kysely';
import type { Side } from '../domain/record';
import type { Reads } from '../ports/reads';
import type { Database } from './tables';

/** Calls a minute until the vendor's first answer tells its limit. */
export const firstLimit: Readonly<Record<Side, number>> = { teamwork: 150, desk: 120 };

/** `budgets.recent` shifted so that its first element is the present ten seconds. */
export const recentNow = sql`
  (array_fill(0, array[least(7, greatest(0, floor(extract(epoch from b.now) / 10)::bigint - b.recent_slot))::integer])
    || b.recent)[1:7]`;

type Limits = Awaited<ReturnType<Reads['budgets']>>;

export async function limitsOf(db: Kysely<Database>, site: string): Promise<Limits> {
  const { rows } = await sql<{ side: Side; limit: number | null; share: number; used: number }>`
    select b.side, b.vendor_limit as "limit", (s.settings ->> 'budgetShare')::float8 as share,
      (select sum(c) from unnest((${recentNow})[1:6]) c)::integer as used
    from (select *, clock_timestamp() as now from budgets where site = ${site}) b
    join sites s on s.site = b.site`.execute(db);
  const of = (side: Side) => {
    const row = rows.find((one) => one.side === side);
    const limitPerMinute = Math.max(1, Math.floor((row?.limit ?? firstLimit[side]) * (row?.share ?? 1)));
    return { limitPerMinute, usedLastMinute: row?.used ?? 0 };
  };
  return { teamwork: of('teamwork'), desk: of('desk') };
}
