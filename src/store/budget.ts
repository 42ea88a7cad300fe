/**
 * The right to call a vendor (A8): a token bucket (GCRA) per site and API, in Postgres, so that all processes share it.
 * One statement takes a token, reads pause, freeze and cancellation, and counts the call.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { sql, type Kysely } from 'kysely';
import type { Budget, BudgetAnswer, BudgetRequest, Permit, Priority, RateSignal } from '../ports/budget';
import { firstLimit, recentNow } from './budget-limits';
import type { WalledDatabase } from './database';
import type { Database } from './tables';

/** The vendor counts at its door: calls that we spaced may arrive a quarter of a second closer. */
const windowSeconds = 60.25;
/** How many calls may go at once, as a share of the limit and at least. */
const burstShare = 1 / 120;
const leastBurst = 3;
/** Tokens that polls and operators, and that sweeps and InitialSync leave standing for live edits. */
export const spared: Readonly<Record<Priority, number>> = { 1: 0, 2: 1, 3: 2, 4: 2 };
/** Over so many calls' time those who are told to come back are spread. */
const spreadCalls = 4;
/** Others use the key too when the vendor says that so much more is used than we know of. */
const unexplainedShare = 0.2;
const leastUnexplained = 5;

export function postgresBudget(db: WalledDatabase): Budget {
  return {
    async take(request): Promise<BudgetAnswer> {
      const taken = await takeToken(db.ofSite(request.site), request);
      if (taken.stopped !== null) return { stopped: taken.stopped };
      if (!taken.granted) {
        const spreadMs = Math.random() * spreadCalls * taken.spacingMs;
        return { waitMs: Math.ceil(taken.waitMs), comeBackMs: Math.ceil(taken.waitMs + spreadMs) };
      }
      // The token is ours already; timers may fire a millisecond early.
      if (taken.waitMs > 0) await sleep(Math.ceil(taken.waitMs) + 1);
      return { granted: permitFor(db.ofSite(request.site), request, taken) };
    },
  };
}

interface Taken {
  readonly granted: boolean;
  readonly stopped: 'paused' | 'frozen' | 'cancelled' | null;
  readonly waitMs: number;
  readonly grantedAt: string;
  readonly spacingMs: number;
  readonly toleranceMs: number;
  /** The vendor's limit as known; null before its first answer. */
  readonly vendorLimit: number | null;
  /** Our calls of the last minute, this one too. */
  readonly used: number;
  /** What others leave us until their window ends; null while nobody else seems to use the key. */
  readonly othersLeft: number | null;
}

/**
 * In any minute at most burst + rate calls begin, which together are the limit. A wait that the caller has patience for is
 * granted at once and slept off by the caller, so nobody asks again and again.
 */
async function takeToken(db: Kysely<Database>, request: BudgetRequest): Promise<Taken> {
  const { site, side, priority, patienceMs, write, run } = request;
  const isWrite = sql`${write !== null}::boolean`;
  const ofRun = sql`${run !== null}::boolean`;
  const { rows } = await sql<Taken>`
    with bucket as (
      select *, clock_timestamp() as now from budgets where site = ${site} and side = ${side} for update
    ), allowed as (
      select b.*, greatest(1, floor(coalesce(b.vendor_limit, ${firstLimit[side]}::integer)
          * (s.settings ->> 'budgetShare')::float8)) as calls,
        case when r.state = 'cancelled' then 'cancelled'
          when (${isWrite} or ${ofRun}) and s.frozen is not null then 'frozen'
          when r.state = 'paused' or ${isWrite}
            and (s.paused or ${write?.kind ?? null} = any(s.paused_kinds) or coalesce(l.paused, false)) then 'paused'
        end as stopped
      from bucket b
      join sites s on s.site = b.site
      left join runs r on r.site = s.site and r.run = ${run}
      left join links l on l.site = s.site and l.number = ${write?.link ?? null}::bigint
    ), shaped as (
      select *, least(calls, greatest(${leastBurst}::float8, ceil(calls * ${burstShare}::float8))) as burst from allowed
    ), timed as (
      select *, ${windowSeconds}::float8 / (calls - burst + 1) as spacing from shaped
    ), tolerant as (
      select *, (burst - 1) * spacing as tolerance from timed
    ), awaited as (
      select b.*, greatest(0, extract(epoch from b.arrival - b.now)::float8
            - greatest(0, tolerance - ${spared[priority]}::integer * spacing),
          case when b.others_left <= 0 then extract(epoch from b.others_until - b.now)::float8 end) as wait
      from tolerant b
    ), judged as (
      select b.*, stopped is null and wait * 1000 <= ${patienceMs}::float8 as granted,
        b.now + wait * interval '1 s' as granted_at, ${recentNow} as calls_by_slot
      from awaited b
    ), taken as (
      update budgets u set arrival = greatest(j.arrival, j.granted_at) + j.spacing * interval '1 s',
        others_left = u.others_left - 1, recent_slot = floor(extract(epoch from j.now) / 10),
        recent = array[j.calls_by_slot[1] + 1] || j.calls_by_slot[2:7]
      from judged j where u.site = j.site and u.side = j.side and j.granted
    ), counted as (
      insert into run_calls as c (site, run, side, calls)
      select site, ${run}, side, 1 from judged where granted and ${ofRun}
      on conflict (site, run, side) do update set calls = c.calls + 1
    )
    select j.granted, j.stopped, j.wait * 1000 as "waitMs", j.granted_at as "grantedAt",
      j.spacing * 1000 as "spacingMs", j.tolerance * 1000 as "toleranceMs", j.vendor_limit as "vendorLimit",
      1 + (select sum(c) from unnest(j.calls_by_slot) c)::integer as used,
      case when j.others_until > j.now then j.others_left end as "othersLeft"
    from judged j`.execute(db);
  const [taken] = rows;
  if (taken === undefined) throw new Error(`There is no site ${site}; connect it first.`);
  return taken;
}

function permitFor(db: Kysely<Database>, { site, side }: BudgetRequest, taken: Taken): Permit {
  return {
    grantedAt: taken.grantedAt,
    /** Costs a statement only where the answer says something that the bucket does not know. */
    async answered(signal: RateSignal): Promise<void> {
      const { limitPerMinute, refused, waitMs } = signal;
      const bucket = sql`site = ${site} and side = ${side}`;
      if (limitPerMinute !== null && limitPerMinute !== taken.vendorLimit) {
        await sql`update budgets set vendor_limit = ${limitPerMinute} where ${bucket}`.execute(db);
      }
      if (refused || waitMs !== null) {
        const awayMs = (waitMs ?? taken.spacingMs) + taken.toleranceMs;
        await sql`
          update budgets set arrival = greatest(arrival, clock_timestamp() + ${awayMs} * interval '1 ms')
          where ${bucket}`.execute(db);
      }
      const othersLeft = leftByOthers(signal, taken);
      if (othersLeft !== undefined) {
        await sql`
          update budgets set others_left = ${othersLeft}::integer,
            others_until = case when ${othersLeft}::integer is null then null else clock_timestamp() + interval '60 s' end
          where ${bucket}`.execute(db);
      }
    },
  };
}

/** How many calls others leave us in the vendor's window; null: they are through; undefined: nothing new. */
function leftByOthers({ remaining, limitPerMinute }: RateSignal, taken: Taken): number | null | undefined {
  const limit = limitPerMinute ?? taken.vendorLimit;
  if (remaining === null || limit === null) return undefined;
  const unexplained = Math.max(leastUnexplained, Math.ceil(limit * unexplainedShare));
  if (remaining < limit - taken.used - unexplained) {
    return taken.othersLeft === null || remaining < taken.othersLeft ? remaining : undefined;
  }
  return taken.othersLeft === null ? undefined : null;
}
