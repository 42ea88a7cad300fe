/** Runs of InitialSync and of plans: their life, their counts, their progress. */
import { sides, type Kind, type Side } from '../../../src/domain/record';
import type { Run, RunCounts, RunState, RunStore, ScopeCounts } from '../../../src/ports/runs';
import { limitOf } from './budget';
import { dropCancelled, leaveBehind, slotOf, takeOver } from './due';
import { decideLeftPending } from './left-pending';
import { refsOf } from './link-rows';
import type { LinkRow, Memory, RunRow, SiteRows } from './memory';
import { recordRow } from './mirror';
import { retryIgnored } from './retries';
import { transactions } from './transactions';

type RunMethods = Pick<
  RunStore,
  'startRun' | 'run' | 'latestRun' | 'setRunPhase' | 'setRunState' | 'reportRun' | 'progress'
>;

export function runMethods(memory: Memory): RunMethods {
  return transactions<RunMethods>({
    startRun(site, run, mode) {
      const rows = memory.of(site);
      if (!rows.runs.has(run)) {
        rows.runs.set(run, {
          id: run,
          mode,
          state: 'running',
          phase: 'survey',
          outcomes: null,
          startedAt: memory.now(),
          finishedAt: null,
          calls: { teamwork: 0, desk: 0 },
          ticks: new Map(),
        });
      }
      const started = rows.runs.get(run);
      if (started === undefined) throw new Error(`Run ${run} of site ${site} could not be started.`);
      for (const lost of [...rows.runs.values()]) {
        const isLive = lost.state === 'running' || lost.state === 'paused';
        const isEarlier = lost.id !== run && lost.mode === mode && lost.startedAt <= started.startedAt;
        if (isLive && isEarlier) changeState(memory, rows, lost.id, 'cancelled');
      }
      if (mode === 'sync') {
        retryIgnored(memory, rows);
        takeOver(rows, run);
      }
      if (mode !== 'plan') decideLeftPending(rows);
      return toRun(rows, started);
    },

    run(site, run) {
      const rows = memory.of(site);
      const found = rows.runs.get(run);
      return found === undefined ? null : toRun(rows, found);
    },

    latestRun(site, mode, state) {
      const rows = memory.of(site);
      const found = [...rows.runs.values()]
        .filter((run) => run.mode === mode && (state === undefined || run.state === state))
        .sort((one, other) => (one.startedAt < other.startedAt ? 1 : -1))[0];
      return found === undefined ? null : toRun(rows, found);
    },

    setRunPhase(site, run, phase) {
      change(memory.of(site), run, { phase });
    },

    setRunState(site, run, state) {
      changeState(memory, memory.of(site), run, state);
    },

    reportRun(site, run) {
      countOutcomes(memory.of(site), run);
    },

    progress(site, run) {
      const rows = memory.of(site);
      const found = rows.runs.get(run);
      if (found === undefined) return null;
      const slots = [...found.ticks.keys()];
      const done = [...found.ticks.values()].reduce((sum, finished) => sum + finished, 0);
      const open = [...rows.due.values()].filter((due) => due.run === run).length;
      const slot = slotOf(memory);
      const lastMinute = slots
        .filter((one) => one > slot - 6)
        .reduce((sum, one) => sum + (found.ticks.get(one) ?? 0), 0);
      const secondsSinceFirst = slots.length === 0 ? 0 : 10 * (slot - Math.min(...slots) + 1);
      const ratePerMinute = done === 0 ? null : (lastMinute * 60) / Math.min(60, secondsSinceFirst);
      const leastMinutes = open / sides.reduce((sum, side) => sum + limitOf(rows, side), 0);
      const minutes =
        ratePerMinute === null || ratePerMinute === 0 ? null : Math.max(open / ratePerMinute, leastMinutes);
      return {
        run,
        state: found.state,
        phase: found.phase,
        done,
        total: done + open,
        pagesRead: surveysOf(rows, run).reduce((sum, { pages }) => sum + pages, 0),
        ratePerMinute,
        secondsLeft: open === 0 || minutes === null ? null : Math.ceil(minutes * 60),
      };
    },
  });
}

function change(rows: SiteRows, run: string, changes: Partial<RunRow>): void {
  const found = rows.runs.get(run);
  if (found !== undefined) rows.runs.set(run, { ...found, ...changes });
}

/** A run that has ended stays as it ended, whoever comes too late. */
function changeState(memory: Memory, rows: SiteRows, run: string, state: RunState): void {
  const found = rows.runs.get(run);
  if (found === undefined) return;
  if (found.state !== 'running' && found.state !== 'paused' && found.state !== state) return;
  const ends = state === 'finished' || state === 'cancelled';
  change(rows, run, {
    state,
    phase: state === 'finished' ? 'done' : found.phase,
    finishedAt: ends ? (found.finishedAt ?? memory.now()) : null,
  });
  if (state === 'cancelled') dropCancelled(rows, (due) => due.run === run);
  if (state === 'finished') leaveBehind(rows, run);
  if (state !== 'running') countOutcomes(rows, run);
}

function countOutcomes(rows: SiteRows, run: string): void {
  if (rows.runs.get(run)?.mode !== 'sync') return;
  const counts: Record<Kind, Record<string, number>> = { company: {}, customer: {} };
  for (const row of rows.links.values()) {
    const { kind, phase } = row.link;
    if (phase === 'merged') continue;
    const outcome = outcomeOf(rows, row, run);
    counts[kind][outcome] = (counts[kind][outcome] ?? 0) + 1;
  }
  change(rows, run, { outcomes: counts });
}

function outcomeOf(rows: SiteRows, { link, run: of, action }: LinkRow, run: string): string {
  if (link.status !== 'in_sync') return `${link.status}:${link.reason ?? ''}`;
  const isMoved = refsOf(link.ids).some((ref) => recordRow(rows, link.kind, ref)?.decided === false);
  if (isMoved) return 'pending:changes_to_write';
  return of === run ? (action ?? 'unchanged') : 'unchanged';
}

function surveysOf(rows: SiteRows, run: string) {
  return [...rows.surveys.values()].filter((survey) => survey.run === run);
}

function toRun(rows: SiteRows, { ticks: _, outcomes, ...run }: RunRow): Run {
  const surveys = surveysOf(rows, run.id);
  const scopes = (side: Side, kind: Kind): ScopeCounts => {
    const found = surveys.find((survey) => survey.side === side && survey.kind === kind)?.scopes;
    return { client: 0, owner: 0, staff: 0, service: 0, ...found };
  };
  const readOn = (side: Side) => ({ company: scopes(side, 'company'), customer: scopes(side, 'customer') });
  const counts: RunCounts = {
    read: { teamwork: readOn('teamwork'), desk: readOn('desk') },
    outcomes: outcomes ?? { company: {}, customer: {} },
    unreadable: surveys.reduce((sum, { unreadable }) => sum + unreadable.size, 0),
  };
  return { ...run, site: rows.site.id, applies: null, decisionsKept: true, counts };
}
