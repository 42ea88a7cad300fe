/** Starts entity workflows for what is due in a run, in a sliding window, until nothing of the run is left (DESIGN §2, one queue of work). */
import { cancellationSignal, heartbeat, sleep } from '@temporalio/activity';
import { dispatchWindow } from '../domain/window';
import type { EntityStarter } from '../ports/due';
import type { Reads } from '../ports/reads';
import type { Store } from '../ports/store';
import { mustKnowRun } from './known-run';
import type { Going } from './plan-pages';

export interface DispatchInput {
  readonly site: string;
  readonly run: string;
}

export interface DispatchResult {
  /** `stopped`: the run is paused or cancelled, and something may be left. */
  readonly state: 'drained' | 'stopped';
  readonly started: number;
}

const pollMs = 200;

export function dispatchWith(ports: { store: Store; reads: Reads; entities: EntityStarter }) {
  return async function dispatch(
    { site, run }: DispatchInput,
    /** Until `planned`, which never fails, more may become due: nothing left is not the end. */
    { signal, beat, planned }: Going<unknown> & { readonly planned: Promise<unknown> } = {
      signal: cancellationSignal(),
      beat: heartbeat,
      planned: Promise.resolve(),
    },
  ): Promise<DispatchResult> {
    const { store } = ports;
    const planning = { isOver: false };
    void planned.then(() => (planning.isOver = true));
    await mustKnowRun(store, site, run);
    const window = dispatchWindow(await ports.reads.budgets(site));
    let started = 0;
    for (;;) {
      signal.throwIfAborted();
      beat({ started });
      // Asked before the queue is: what comes after the answer is seen in the next look.
      const mayCome = !planning.isOver;
      const [state, current] = await Promise.all([store.drainState(site, run), store.run(site, run)]);
      if (current?.state !== 'running') return { state: 'stopped', started };
      if (!mayCome && state.open + state.ready + state.later === 0) return { state: 'drained', started };
      const free = window - state.open;
      const due = free > 0 && state.ready > 0 ? await store.claimDue(site, run, free) : [];
      await Promise.all(due.map((link) => ports.entities.start(site, link)));
      started += due.length;
      if (due.length === 0) await (mayCome ? Promise.race([sleep(pollMs), planned]) : sleep(pollMs));
    }
  };
}
