/** The only queue of work: links that have something to do, with when, why and how urgent (DESIGN §2). */
import { sql, type RawBuilder } from 'kysely';
import { sides, type Side } from '../domain/record';
import type { Priority } from '../ports/budget';
import type { DrainState, DueLink } from '../ports/due';
import type { Store } from '../ports/store';
import { dropCancelled } from './ended-dues';
import type { WalledDatabase } from './database';
import { isLikelyEdit, planOf, urgency } from './due-turns';
import { linkAt } from './lookups';
import { jsonb } from './storable';
import { withSite, type Tx } from './transaction';

type DueMethods = Pick<
  Store,
  'claimDue' | 'finishDue' | 'wakeAt' | 'handOver' | 'parkUntil' | 'releaseDue' | 'postponeDue' | 'drainState'
>;

export interface DueOptions {
  /** A dispatched row that was not finished is dispatched again after this: whoever had it may be dead. */
  readonly redispatchMs: number;
}

/** More rows than this are counted as this many: the dispatcher asks often, and never starts as many at once. */
const countedAtMost = 1_000;

export function dueMethods(db: WalledDatabase, { redispatchMs }: DueOptions): DueMethods {
  return {
    claimDue: (site, run, limit) =>
      withSite(db, site, async (tx) => {
        const dispatchable = sql`
          from due d
          join sites s on s.site = d.site
          join links l on l.site = d.site and l.number = d.link
          left join runs r on r.site = d.site and r.run = d.run
          where d.site = ${site} and ${belongsTo(run)} and d.at <= clock_timestamp() and not ${isHeldBack}
            and not l.paused and coalesce(r.state, 'running') not in ('paused', 'cancelled')`;
        const { rows } = await sql<DueLink>`
          with abandoned as (
            select d.link ${dispatchable}
              and ${isAbandoned(redispatchMs)}
            order by d.dispatched_at limit ${limit} for update of d skip locked
          ), fresh as (
            select d.link ${dispatchable} and d.dispatched_at is null
            order by d.priority, d.added_at limit ${limit} - (select count(*) from abandoned)
            for update of d skip locked
          )
          update due d set dispatched_at = clock_timestamp(), claimed_generation = generation
          from (select link from abandoned union all select link from fresh) claimed, links l
          where d.site = ${site} and d.link = claimed.link and l.site = d.site and l.number = d.link
          returning d.link, d.kind, ${urgency} as priority, d.run, d.deleted_sides as deleted, ${planOf(site)} as plan,
            case when ${isLikelyEdit} then ${sides}::text[] else d.read_sides end as read`.execute(tx);
        return rows;
      }),

    finishDue: (site, link) =>
      withSite(db, site, async (tx) => {
        const { rows } = await sql<{ run: string | null }>`
          delete from due where site = ${site} and link = ${link} and claimed_generation = generation
          returning run`.execute(tx);
        const [finished] = rows;
        if (finished === undefined) await makeReady(tx, site, link);
        else if (finished.run !== null) await countFinished(tx, site, finished.run);
      }),

    wakeAt: (site, link, at) =>
      withSite(db, site, async (tx) => {
        await addDue(
          tx,
          site,
          sql`
          select l.number, l.kind, ${at}::timestamptz, 3, '{}'::text[], null::text
          from links l where l.site = ${site} and l.number = ${link}`,
        );
      }),

    handOver: (site, from, to) => withSite(db, site, (tx) => handOver(tx, site, from, to)),

    parkUntil: (site, link, at, read) => withSite(db, site, (tx) => parkUntil(tx, site, link, at, read)),

    releaseDue: (site, link) =>
      withSite(db, site, async (tx) => {
        await makeReady(tx, site, link);
        await dropCancelled(tx, site, sql`d.link = ${link}`);
      }),

    async postponeDue(site, link, ms) {
      await sql`
        update due set dispatched_at = null, claimed_generation = null,
          at = greatest(at, clock_timestamp() + ${ms} * interval '1 ms')
        where site = ${site} and link = ${link}`.execute(db.ofSite(site));
    },

    async drainState(site, run): Promise<DrainState> {
      const counted = (where: RawBuilder<unknown>) => sql`
        (select count(*) from (select from due d
          join sites s on s.site = d.site
          join links l on l.site = d.site and l.number = d.link
          where d.site = ${site} and ${belongsTo(run)} and ${where} limit ${countedAtMost}) counted)`;
      const abandoned = isAbandoned(redispatchMs);
      const waits = sql`not l.paused and (d.dispatched_at is null or ${abandoned})`;
      const { rows } = await sql<DrainState>`
        select ${counted(sql`d.dispatched_at is not null and not ${abandoned}`)} as open,
          ${counted(sql`${waits} and d.at <= clock_timestamp() and not ${isHeldBack}`)} as ready,
          ${counted(sql`${waits} and (d.at > clock_timestamp() or ${isHeldBack})`)} as later,
          (select min(d.at) from due d where d.site = ${site} and ${belongsTo(run)} and d.dispatched_at is null
            and d.at > clock_timestamp()) as "nextAt"`.execute(db.ofSite(site));
      return rows[0] ?? { open: 0, ready: 0, later: 0, nextAt: null };
    },
  };
}

/**
 * A run's own rows; without a run all that nobody's run waits for, and what somebody waits for more than for a run, once
 * an InitialSync has read both sides: before, what could match is not all known (R2, R3).
 */
function belongsTo(run: string | null): RawBuilder<unknown> {
  if (run !== null) return sql`d.run = ${run}`;
  return sql`(d.run is null or d.priority <= 2) and exists (select from runs read
    where read.site = d.site and read.mode = 'sync' and read.phase <> 'survey')`;
}

/** Of `due d` and `sites s`: an operator holds it back, or the site is frozen. */
export const isHeldBack = sql`(s.paused or d.kind = any(s.paused_kinds) or s.frozen is not null)`;

/** Of `due d`: it was dispatched and not finished for so long that whoever had it may be dead. */
function isAbandoned(redispatchMs: number): RawBuilder<unknown> {
  return sql`coalesce(d.dispatched_at < clock_timestamp() - ${redispatchMs} * interval '1 ms', false)`;
}

/**
 * Makes links due: `rows` is a query of link, kind, at, priority, read sides and run. A row that is there already keeps
 * its most urgent priority, all sides to read and the run that waits for it; a row in work comes back at the new time.
 * A run that has finished waits for nobody: who was paused while it ran goes on without it. `planned`: what is to be done is
 * decided, and stored as the link's plan.
 */
export async function addDue(
  tx: Tx,
  site: string,
  rows: RawBuilder<unknown>,
  planned = false,
): Promise<void> {
  await sql`
    insert into due as d (site, link, kind, at, priority, read_sides, run, planned)
    select ${site}, w.link, w.kind, w.at, w.priority, w.read_sides, case when not exists (select from runs f
        where f.site = ${site} and f.run = w.run and f.state = 'finished') then w.run end, ${planned}
    from (${rows}) as w(link, kind, at, priority, read_sides, run) order by w.link
    on conflict (site, link) do update set
      at = case when d.dispatched_at is not null and d.generation = d.claimed_generation then excluded.at
        else least(d.at, excluded.at) end,
      priority = least(d.priority, excluded.priority),
      read_sides = array(select distinct unnest(d.read_sides || excluded.read_sides)),
      run = coalesce(d.run, excluded.run),
      planned = false,
      generation = d.generation + 1`.execute(tx);
}

export interface NewDue {
  readonly link: number;
  readonly priority: Priority;
  readonly run: string | null;
  /** Null: now. */
  readonly at: string | null;
  readonly read: readonly Side[];
}

export async function addDueLinks(
  tx: Tx,
  site: string,
  links: readonly NewDue[],
  planned = false,
): Promise<void> {
  if (links.length === 0) return;
  await addDue(
    tx,
    site,
    sql`
    select x.link, l.kind, coalesce(x.at, clock_timestamp()), x.priority, x.read, x.run
    from jsonb_to_recordset(${jsonb(links)})
      as x(link bigint, priority smallint, run text, at timestamptz, read text[])
    cross join ${linkAt(site, sql`x.link`)} l`,
    planned,
  );
}

/** As urgent as it was, for the run that waits for it; what it was to read has been read. */
export async function handOver(
  tx: Tx,
  site: string,
  from: number,
  to: number,
  planned = false,
): Promise<void> {
  await addDue(
    tx,
    site,
    sql`
    select l.number, l.kind, clock_timestamp(), coalesce(d.priority, 2::smallint), '{}'::text[], d.run
    from links l left join due d on d.site = l.site and d.link = ${from}
    where l.site = ${site} and l.number = ${to}`,
    planned,
  );
}

/** Comes back at that time, and no run waits for it: the record is parked, and the run goes on. */
export async function parkUntil(
  tx: Tx,
  site: string,
  link: number,
  at: string,
  read: readonly Side[] = [],
): Promise<void> {
  await addDueLinks(tx, site, [{ link, priority: 3, run: null, at, read }]);
  await sql`update due set run = null where site = ${site} and link = ${link}`.execute(tx);
}

async function makeReady(tx: Tx, site: string, link: number): Promise<void> {
  await sql`update due set dispatched_at = null where site = ${site} and link = ${link}`.execute(tx);
}

async function countFinished(tx: Tx, site: string, run: string): Promise<void> {
  await sql`
    insert into run_ticks as t (site, run, slot, finished)
    values (${site}, ${run}, floor(extract(epoch from clock_timestamp()) / 10), 1)
    on conflict (site, run, slot) do update set finished = t.finished + 1`.execute(tx);
}
