/** How activities come by the right to make a call (A8). */
import { cancellationSignal, sleep } from '@temporalio/activity';
import type { Budget, BudgetAnswer, BudgetRequest, Permit, Priority } from '../ports/budget';
import { Stopped, tryAgainIn } from './failures';

type Ask = Omit<BudgetRequest, 'patienceMs'>;
type Refused = Extract<BudgetAnswer, { waitMs: number }>;

/**
 * So long before its time a call is taken. A live edit stands before edits that come later; a run's call not so far ahead
 * that an edit would wait for it, and far enough that a busy moment of the process costs no call.
 */
const aheadMs: Readonly<Record<Priority, number>> = { 1: 2_000, 2: 50, 3: 250, 4: 250 };
/** No longer does a call keep its slot before the first answer. */
const longestWaitMs = 2_000;
/** Of a site's runs, so many calls to one vendor wait in their slots, so that a free call is used at once; others give theirs back. */
const mostInLine = 3;

/** How many calls of runs wait in their slots, by site and side. */
const lines = new WeakMap<Budget, Map<string, number>>();

/** A permit soon, or the slot back: throws a retryable failure with the time to come again. */
export async function permitOrRetry(budget: Budget, ask: Ask): Promise<Permit> {
  const first = await take(budget, ask);
  if (isPermit(first)) return first;
  const leaveLine = enterLine(budget, ask);
  if (leaveLine === null) throw tryAgainIn(first.comeBackMs);
  try {
    let answer = first;
    for (let waited = 0; waited + answer.waitMs <= longestWaitMs;) {
      waited += await untilDue(answer, ask);
      const next = await take(budget, ask);
      if (isPermit(next)) return next;
      answer = next;
    }
    throw tryAgainIn(answer.comeBackMs);
  } finally {
    leaveLine();
  }
}

/** A permit, however long it takes: for work that would lose its place by giving the slot back. */
export async function permitInPlace(budget: Budget, ask: Ask): Promise<Permit> {
  for (;;) {
    cancellationSignal().throwIfAborted();
    const answer = await take(budget, ask);
    if (isPermit(answer)) return answer;
    await untilDue(answer, ask);
  }
}

/**
 * Permits for an activity of several calls. Before the first the slot may be given back; after it no more, for an
 * activity that begins anew each time would never end where the budget has no two calls to spare.
 */
export function permitsFor(budget: Budget, ask: Ask): () => Promise<Permit> {
  let begun = false;
  return async () => {
    const permit = await (begun ? permitInPlace(budget, ask) : permitOrRetry(budget, ask));
    begun = true;
    return permit;
  };
}

async function take(budget: Budget, ask: Ask): Promise<Permit | Refused> {
  const answer = await budget.take({ ...ask, patienceMs: aheadMs[ask.priority] });
  if ('stopped' in answer) throw new Stopped(answer.stopped);
  return 'granted' in answer ? answer.granted : answer;
}

function isPermit(answer: Permit | Refused): answer is Permit {
  return 'answered' in answer;
}

/** Until the call can be taken as far ahead as it may be; tells how long that was. */
async function untilDue({ waitMs }: Refused, { priority }: Ask): Promise<number> {
  const ms = Math.max(1, waitMs - aheadMs[priority] / 2);
  await sleep(ms);
  return ms;
}

/** What leaves the line again; null where it is full. Live edits and operators need not queue. */
function enterLine(budget: Budget, { site, side, priority }: Ask): (() => void) | null {
  if (priority <= 2) return () => undefined;
  const line = lines.get(budget) ?? new Map<string, number>();
  lines.set(budget, line);
  const key = `${side} ${site}`;
  const waiting = line.get(key) ?? 0;
  if (waiting >= mostInLine) return null;
  line.set(key, waiting + 1);
  return () => line.set(key, (line.get(key) ?? 1) - 1);
}
