/** How activities come by the right to make a call (A8). */
import { cancellationSignal, heartbeat, sleep } from '@temporalio/activity';
import type { Budget, BudgetRequest, Permit } from '../ports/budget';
import { Stopped, tryAgainIn } from './failures';

type Ask = Omit<BudgetRequest, 'patienceMs'>;

/** Live edits and operators wait longer in place: giving the slot back would cost them more than the wait. */
const urgentPatienceMs = 2_000;
/** So far ahead of their time runs and sweeps take their calls at most: an edit that comes meanwhile goes before the next. */
const patientPatienceMs = 200;

const patienceOf = ({ priority }: Ask): number => (priority <= 2 ? urgentPatienceMs : patientPatienceMs);

/** A permit soon, or the slot back: throws a retryable failure with the time to come again. */
export async function permitOrRetry(budget: Budget, ask: Ask): Promise<Permit> {
  const answer = await budget.take({ ...ask, patienceMs: patienceOf(ask) });
  if ('granted' in answer) return answer.granted;
  if ('stopped' in answer) throw new Stopped(answer.stopped);
  throw tryAgainIn(answer.waitMs);
}

/** A permit, however long it takes: for work that would lose its place by giving the slot back. Says where it is, where that is told. */
export async function permitInPlace(budget: Budget, ask: Ask, details?: unknown): Promise<Permit> {
  for (;;) {
    cancellationSignal().throwIfAborted();
    const answer = await budget.take({ ...ask, patienceMs: patienceOf(ask) });
    if ('granted' in answer) return answer.granted;
    if ('stopped' in answer) throw new Stopped(answer.stopped);
    if (details !== undefined) heartbeat(details);
    await sleep(answer.waitMs);
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
