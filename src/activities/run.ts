/** The life of a run in the store, for the workflow that owns it. */
import { staysAlive } from './alive';
import type { RunMode, RunPhase, RunState } from '../ports/runs';
import type { Store } from '../ports/store';

export interface RunInput {
  readonly site: string;
  readonly run: string;
}

export function runActivitiesWith({ store }: { store: Store }) {
  return {
    async beginRun({
      site,
      run,
      mode,
      applies,
    }: RunInput & { readonly mode: RunMode; readonly applies: string | null }): Promise<'begun' | 'skipped'> {
      if (mode === 'sweep' && !(await store.sweepMayStart(site))) return 'skipped';
      await store.startRun(site, run, mode, applies);
      return 'begun';
    },
    async enterPhase({ site, run, phase }: RunInput & { readonly phase: RunPhase }): Promise<void> {
      await store.setRunPhase(site, run, phase);
    },
    /** Compares what both sides hold now, link by link, and writes the run's report. */
    proveRun: staysAlive(({ site, run }: RunInput): Promise<void> => store.reportRun(site, run)),
    async setRunState({ site, run, state }: RunInput & { readonly state: RunState }): Promise<void> {
      await store.setRunState(site, run, state);
    },
  };
}
