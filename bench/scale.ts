/**
 * One site with 200,000 people on each side, of whom 1,000 were edited on one side only, beside one with 10,000: a
 * plan, an InitialSync, a sweep, live edits and the console's lists, and what they take, hold and leave behind.
 */
import { figure, percentile, type Figure } from './figures';
import { mostPageMs } from './page-times';
import type { Statement } from './query-plans';
import { measureSite, peopleEdited, peopleACompany, type RunMeasured } from './scale-site';
import { writeStatements } from './statement-table';

const [smaller, larger] = [10_000, 200_000];
/** A statement that reads more rows than this without an index is none that may be made often. */
const mostScanned = 10_000;
/** Seen less often in a share of all, it is made once a run or so, and may well read a whole table. */
const seenOften = 2;

export async function scale(): Promise<readonly Figure[]> {
  const small = await measureSite(smaller);
  const large = await measureSite(larger);
  writeStatements({ inRuns: large.inRuns, live: large.live });
  const [pairs, companies] = [larger, larger / peopleACompany];
  const perSecond = (seconds: number) => pairs / seconds;
  const told = (name: string, value: number, unit: string) => figure('scale', name, value, unit, null);
  const atMost = (name: string, value: number, unit: string, most: number) =>
    figure('scale', name, value, unit, { atMost: most });
  return [
    told('people', pairs, 'a side'),
    told('plan_records_per_second', perSecond(large.plan.seconds), 'records/s'),
    told('initial_sync_records_per_second', perSecond(large.sync.seconds), 'records/s'),
    told('sweep_records_per_second', perSecond(large.sweep.seconds), 'records/s'),
    atMost('plan_processor_over_small', processorOverSmall(small.plan, large.plan), 'ratio', 1.15),
    atMost('sweep_processor_over_small', processorOverSmall(small.sweep, large.sweep), 'ratio', 1.15),
    told('listing_calls_by_company', large.callsByCompany, 'calls'),
    told('sweep_calls', large.sweep.calls, 'calls'),
    atMost('plan_writes', large.plan.writes, 'calls', 0),
    atMost('initial_sync_writes_beyond_edits', large.sync.writes - peopleEdited, 'calls', 0),
    atMost('sweep_writes', large.sweep.writes, 'calls', 0),
    atMost('records_made_or_lost', large.madeOrLost, 'records', 0),
    atMost('pairs_not_linked', pairs + companies - large.linked, 'pairs', 0),
    told('peak_memory_small', small.peakMemoryMb, 'MB'),
    told('peak_memory', large.peakMemoryMb, 'MB'),
    atMost('peak_memory_over_small', large.peakMemoryMb / small.peakMemoryMb, 'ratio', 1.15),
    atMost('open_workflows_over_window', large.mostOpen / large.window, 'ratio', 1),
    told('workflows', large.histories.workflows, 'workflows'),
    atMost('longest_history', large.histories.mostEvents, 'events', 2_000),
    atMost('largest_payload', large.histories.largestPayload / 1_024, 'KiB', 16),
    atMost('database_bytes_per_record', large.bytesPerRecord, 'bytes', 3 * 1_024),
    ...large.pages.map(({ name, times }) =>
      atMost(`${name}_p95_ms`, percentile(times, 95), 'ms', mostPageMs),
    ),
    told('statements_of_runs', often(large.inRuns).length, 'statements'),
    atMost('statements_of_runs_without_index', withoutIndex(often(large.inRuns)), 'statements', 0),
    told('statements_live', large.live.length, 'statements'),
    atMost('statements_live_without_index', withoutIndex(large.live), 'statements', 0),
  ];
}

/**
 * A record's share of the worker's processor time: unlike the clock, it is the same on a busy machine. Of runs without
 * writes, for the InitialSync's, as many in both, are a larger part of the small one.
 */
function processorOverSmall(small: RunMeasured, large: RunMeasured): number {
  return large.processorSeconds / larger / (small.processorSeconds / smaller);
}

function often(statements: readonly Statement[]): readonly Statement[] {
  return statements.filter(({ seen }) => seen >= seenOften);
}

function withoutIndex(statements: readonly Statement[]): number {
  return statements.filter(({ scanned }) => Math.max(0, ...scanned.values()) > mostScanned).length;
}
