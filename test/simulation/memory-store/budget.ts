/** The right to call a vendor (A8): the token bucket of `src/store/budget.ts`, on a clock of its own. */
import type { Side } from '../../../src/domain/record';
import type { Budget, BudgetRequest, Permit, RateSignal } from '../../../src/ports/budget';
import { spared } from '../../../src/store/budget';
import { firstLimit } from '../../../src/store/budget-limits';
import { instantAt, type BudgetRow, type Memory, type SiteRows } from './memory';

const windowMs = 60_250;
const burstShare = 1 / 120;
const leastBurst = 3;
const unexplainedShare = 0.2;
const leastUnexplained = 5;

export type Sleep = (ms: number) => Promise<void>;

export function memoryBudget(memory: Memory, sleep: Sleep): Budget {
  return {
    async take(request) {
      const rows = memory.of(request.site);
      const bucket = rows.budgets[request.side];
      const stopped = stoppedBy(rows, request);
      if (stopped !== null) return { stopped };
      const now = memory.clock();
      const calls = limitOf(rows, request.side);
      const burst = Math.min(calls, Math.max(leastBurst, Math.ceil(calls * burstShare)));
      const spacing = windowMs / (calls - burst + 1);
      const reserve = Math.min(spared[request.priority], burst - 1);
      const mustWait =
        bucket.othersLeft !== null && bucket.othersLeft <= 0 ? (bucket.othersUntil ?? now) - now : 0;
      const wait = Math.max(0, bucket.arrival - now - (burst - 1 - reserve) * spacing, mustWait);
      if (wait > request.patienceMs) return { waitMs: Math.ceil(wait), comeBackMs: Math.ceil(wait) };
      const at = now + wait;
      bucket.arrival = Math.max(bucket.arrival, at) + spacing;
      if (bucket.othersLeft !== null) bucket.othersLeft -= 1;
      bucket.calls = [...bucket.calls.filter((call) => call > now - 70_000), now];
      countCall(rows, request);
      const stamp = memory.now();
      const grantedAt = wait > 0 ? instantAt(Math.round(at * 1_000)) : stamp;
      const used = usedLastMinute(bucket, now);
      if (wait > 0) await sleep(Math.ceil(wait) + 1);
      return { granted: permitFor(memory, bucket, { grantedAt, spacing, burst, used }) };
    },
  };
}

export function limitOf(rows: SiteRows, side: Side): number {
  const limit = rows.budgets[side].vendorLimit ?? firstLimit[side];
  return Math.max(1, Math.floor(limit * rows.site.settings.budgetShare));
}

export function usedLastMinute({ calls }: BudgetRow, now: number): number {
  return calls.filter((call) => call > now - 60_000).length;
}

function stoppedBy(
  { site, runs, links }: SiteRows,
  { write, run }: BudgetRequest,
): 'paused' | 'frozen' | 'cancelled' | null {
  const state = run === null ? undefined : runs.get(run)?.state;
  if (state === 'cancelled') return 'cancelled';
  if ((write !== null || run !== null) && site.frozen !== null) return 'frozen';
  if (state === 'paused') return 'paused';
  if (write === null) return null;
  const isPaused = site.paused.site || site.paused.kinds.includes(write.kind);
  return isPaused || links.get(write.link)?.link.paused === true ? 'paused' : null;
}

function countCall(rows: SiteRows, { run, side }: BudgetRequest): void {
  const found = run === null ? undefined : rows.runs.get(run);
  if (found === undefined) return;
  rows.runs.set(found.id, { ...found, calls: { ...found.calls, [side]: found.calls[side] + 1 } });
}

function permitFor(
  memory: Memory,
  bucket: BudgetRow,
  taken: {
    readonly grantedAt: string;
    readonly spacing: number;
    readonly burst: number;
    readonly used: number;
  },
): Permit {
  return {
    grantedAt: taken.grantedAt,
    answered: (signal) => {
      learn(memory, bucket, taken, signal);
      return Promise.resolve();
    },
  };
}

/** What an answer's headers say of the limit, of waiting, and of others who use the same key. */
function learn(
  memory: Memory,
  bucket: BudgetRow,
  taken: { readonly spacing: number; readonly burst: number; readonly used: number },
  { limitPerMinute, refused, waitMs, remaining }: RateSignal,
): void {
  const now = memory.clock();
  if (limitPerMinute !== null) bucket.vendorLimit = limitPerMinute;
  if (refused || waitMs !== null) {
    const away = (waitMs ?? taken.spacing) + (taken.burst - 1) * taken.spacing;
    bucket.arrival = Math.max(bucket.arrival, now + away);
  }
  const limit = limitPerMinute ?? bucket.vendorLimit;
  if (remaining === null || limit === null) return;
  const unexplained = Math.max(leastUnexplained, Math.ceil(limit * unexplainedShare));
  const known = bucket.othersUntil !== null && bucket.othersUntil > now ? bucket.othersLeft : null;
  const others = remaining < limit - taken.used - unexplained;
  if (others && known !== null && remaining >= known) return;
  if (!others && known === null) return;
  bucket.othersLeft = others ? remaining : null;
  bucket.othersUntil = others ? now + 60_000 : null;
}
