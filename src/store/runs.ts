/** Runs of InitialSync and of plans: their life, their counts, their progress. */
import { sql, type Kysely, type Selectable } from 'kysely';
import { sides, type Kind, type Side } from '../domain/record';
import type { Progress, Run, RunCounts, RunMode, RunState, ScopeCounts } from '../ports/runs';
import type { Store } from '../ports/store';
import { appliedReport } from './applied-plans';
import { limitsOf } from './budget-limits';
import { dropCancelled, leaveBehind, takeOver } from './ended-dues';
import type { WalledDatabase } from './database';
import { decideLeftPending } from './left-pending';
import { outcomesOf } from './run-outcomes';
import { dropOldPlans } from './planned';
import { retryIgnored } from './retries';
import { json } from './storable';
import type { Database, RunTable } from './tables';
import { withSite, type Tx } from './transaction';

type RunMethods = Pick<
  Store,
  | 'startRun'
  | 'appliedReport'
  | 'sweepMayStart'
  | 'run'
  | 'latestRun'
  | 'setRunPhase'
  | 'setRunState'
  | 'reportRun'
  | 'progress'
>;

/** The latest first. */
export async function latestRuns(db: Kysely<Database>, site: string, limit: number): Promise<Run[]> {
  const rows = await db
    .selectFrom('runs')
    .selectAll()
    .where('site', '=', site)
    .orderBy('started_at', 'desc')
    .limit(limit)
    .execute();
  return Promise.all(rows.map((row) => toRun(db, row)));
}

export function runMethods(db: WalledDatabase): RunMethods {
  const find = async (tx: Kysely<Database>, site: string, run: string): Promise<Run | null> => {
    const row = await tx
      .selectFrom('runs')
      .selectAll()
      .where('site', '=', site)
      .where('run', '=', run)
      .executeTakeFirst();
    return row === undefined ? null : toRun(tx, row);
  };

  return {
    startRun: (site, run, mode, applies) =>
      withSite(db, site, async (tx) => {
        await sql`
          insert into runs (site, run, mode, state, phase, applies)
          values (${site}, ${run}, ${mode}, 'running', 'survey', ${applies ?? null})
          on conflict do nothing`.execute(tx);
        await endLostRuns(tx, site, run, mode === 'sync' ? ['sync', 'sweep'] : [mode]);
        if (mode === 'plan') await dropOldPlans(tx, site);
        if (mode === 'sync') await takeOver(tx, site, run);
        if (mode === 'sync') await retryIgnored(tx, site);
        if (mode !== 'plan') await decideLeftPending(tx, site);
        const started = await find(tx, site, run);
        if (started === null)
          throw new Error(`Run ${run} of site ${site} could not be started; the engine tries again.`);
        return started;
      }),

    appliedReport: (site, run) =>
      withSite(db, site, async (tx) => {
        const applies = (await find(tx, site, run))?.applies ?? null;
        return applies === null ? null : appliedReport(tx, site, run, applies);
      }),

    async sweepMayStart(site) {
      const { rows } = await sql<{ may: boolean }>`
        select coalesce(bool_or(mode = 'sync' and state = 'finished'), false)
          and not coalesce(bool_or(mode <> 'sweep' and state in ('running', 'paused')), false) as may
        from runs where site = ${site}`.execute(db.ofSite(site));
      return rows[0]?.may ?? false;
    },

    run: (site, run) => find(db.ofSite(site), site, run),

    async latestRun(site, mode, state) {
      const row = await db
        .ofSite(site)
        .selectFrom('runs')
        .selectAll()
        .where('site', '=', site)
        .where('mode', '=', mode)
        .$if(state !== undefined, (query) => query.where('state', '=', state ?? 'running'))
        .orderBy('started_at', 'desc')
        .executeTakeFirst();
      return row === undefined ? null : toRun(db.ofSite(site), row);
    },

    async setRunPhase(site, run, phase) {
      await sql`update runs set phase = ${phase} where site = ${site} and run = ${run}`.execute(
        db.ofSite(site),
      );
    },

    setRunState: (site, run, state) => withSite(db, site, (tx) => changeState(tx, site, run, state)),

    reportRun: (site, run) => withSite(db, site, (tx) => countOutcomes(tx, site, run)),

    async progress(site, run) {
      const found = await db
        .ofSite(site)
        .selectFrom('runs')
        .select(['state', 'phase'])
        .where('site', '=', site)
        .where('run', '=', run)
        .executeTakeFirst();
      return found === undefined ? null : progressOf(db.ofSite(site), site, run, found);
    },
  };
}

/** Over all links, so only when somebody asks for a report, and where a run stops. */
async function countOutcomes(tx: Tx, site: string, run: string): Promise<void> {
  const outcomes = json(await outcomesOf(tx, site, run));
  await sql`
    update runs set outcomes = ${outcomes}::jsonb
    where site = ${site} and run = ${run} and mode <> 'plan'`.execute(tx);
}

/** Whoever started them is no more, or gives way: a site has one run of a mode at a time. */
async function endLostRuns(tx: Tx, site: string, run: string, modes: readonly RunMode[]): Promise<void> {
  const { rows } = await sql<{ run: string }>`
    select run from runs where site = ${site} and mode = any(${modes}::text[]) and run <> ${run} and state in ('running', 'paused')
      and started_at <= (select started_at from runs where site = ${site} and run = ${run})`.execute(tx);
  for (const lost of rows) await changeState(tx, site, lost.run, 'cancelled');
}

/** A run that has ended stays as it ended, whoever comes too late. */
async function changeState(tx: Tx, site: string, run: string, state: RunState): Promise<void> {
  const ends = state === 'finished' || state === 'cancelled';
  const { numAffectedRows } = await sql`
    update runs set state = ${state}, phase = case when ${state} = 'finished' then 'done' else phase end,
      finished_at = case when ${ends}::boolean then coalesce(finished_at, clock_timestamp()) end
    where site = ${site} and run = ${run} and (state in ('running', 'paused') or state = ${state})`.execute(
    tx,
  );
  if (numAffectedRows === 0n) return;
  if (state === 'cancelled') await dropCancelled(tx, site, sql`d.run = ${run}`);
  if (state === 'finished') await leaveBehind(tx, site, run);
  if (state !== 'running') await countOutcomes(tx, site, run);
}

async function toRun(db: Kysely<Database>, row: Selectable<RunTable>): Promise<Run> {
  const { site, run } = row;
  const calls = await sql<{ side: Side; calls: number }>`
    select side, calls from run_calls where site = ${site} and run = ${run}`.execute(db);
  const callsOf = (side: Side) => calls.rows.find((one) => one.side === side)?.calls ?? 0;
  return {
    id: run,
    site,
    mode: row.mode,
    state: row.state,
    phase: row.phase,
    applies: row.applies,
    decisionsKept: row.decisions_dropped_at === null,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    counts: await countsOf(db, row),
    calls: { teamwork: callsOf('teamwork'), desk: callsOf('desk') },
  };
}

async function countsOf(
  db: Kysely<Database>,
  { site, run, outcomes }: Selectable<RunTable>,
): Promise<RunCounts> {
  const { rows } = await sql<{ side: Side; kind: Kind; scopes: Partial<ScopeCounts>; unreadable: number }>`
    select side, kind, coalesce(scopes, '{}') as scopes,
      (select count(*) from jsonb_object_keys(unreadable)) as unreadable
    from surveys where site = ${site} and run = ${run}`.execute(db);
  const scopesOf = (side: Side, kind: Kind): ScopeCounts => {
    const found = rows.find((row) => row.side === side && row.kind === kind)?.scopes;
    return { client: 0, owner: 0, staff: 0, service: 0, ...found };
  };
  const readOn = (side: Side) => ({
    company: scopesOf(side, 'company'),
    customer: scopesOf(side, 'customer'),
  });
  return {
    read: { teamwork: readOn('teamwork'), desk: readOn('desk') },
    outcomes: outcomes ?? { company: {}, customer: {} },
    unreadable: rows.reduce((sum, row) => sum + row.unreadable, 0),
  };
}

interface Figures {
  readonly done: number;
  readonly open: number;
  readonly pages: number;
  readonly lastMinute: number;
  readonly secondsSinceFirst: number;
}

async function progressOf(
  db: Kysely<Database>,
  site: string,
  run: string,
  { state, phase }: Pick<Run, 'state' | 'phase'>,
): Promise<Progress> {
  const { rows } = await sql<Figures>`
    with now as (select floor(extract(epoch from clock_timestamp()) / 10) as slot)
    select coalesce(sum(t.finished), 0)::bigint as done,
      coalesce(sum(t.finished) filter (where t.slot > now.slot - 6), 0)::bigint as "lastMinute",
      coalesce(10 * (max(now.slot) - min(t.slot) + 1), 0)::bigint as "secondsSinceFirst",
      (select count(*) from due where site = ${site} and run = ${run}) as open,
      (select coalesce(sum(pages), 0)::bigint from surveys where site = ${site} and run = ${run}) as pages
    from now left join run_ticks t on t.site = ${site} and t.run = ${run}`.execute(db);
  const { done, open, pages, lastMinute, secondsSinceFirst } = rows[0] ?? noFigures;
  const ratePerMinute = done === 0 ? null : (lastMinute * 60) / Math.min(60, secondsSinceFirst);
  const limits = await limitsOf(db, site);
  // Each link needs a call at least, however fast the last minute was.
  const leastMinutes = open / sides.reduce((sum, side) => sum + limits[side].limitPerMinute, 0);
  const minutes =
    ratePerMinute === null || ratePerMinute === 0 ? null : Math.max(open / ratePerMinute, leastMinutes);
  return {
    run,
    state,
    phase,
    done,
    total: done + open,
    pagesRead: pages,
    ratePerMinute,
    secondsLeft: open === 0 || minutes === null ? null : Math.ceil(minutes * 60),
  };
}

const noFigures: Figures = { done: 0, open: 0, pages: 0, lastMinute: 0, secondsSinceFirst: 0 };
