/** Starts a run, or joins the one that is open; an operator pauses, resumes and cancels it. */
import type { SyncClient } from './client';
import type { Run, RunMode, RunState } from './ports/runs';
import type { Store } from './ports/store';
import { Refused } from './refused';

interface RunPorts {
  readonly store: Store;
  readonly client: Pick<SyncClient, 'startRun' | 'pauseRun' | 'resumeRun' | 'cancelRun' | 'pollers'>;
}

const askAgainMs = 200;
const mostMs = 60_000;

/** A run that was just cancelled is open until its workflow has seen it; nobody wants to join that one. */
export async function startRun({ store, client }: RunPorts, site: string, mode: RunMode): Promise<Run> {
  const until = Date.now() + mostMs;
  for (;;) {
    const run = await store.startRun(site, await client.startRun(site, mode), mode);
    if (run.state === 'running' || run.state === 'paused') return run;
    if (Date.now() > until) {
      const why = (await hasWorkers(client))
        ? 'its last call takes long'
        : 'no worker is running to end it: `npm start` starts one';
      throw new Error(`The run before is ${run.state} and not closed yet, for ${why}. Try again then.`);
    }
    await new Promise((resolve) => setTimeout(resolve, askAgainMs));
  }
}

/** Whether every queue has somebody who works at it. */
export async function hasWorkers(client: Pick<SyncClient, 'pollers'>): Promise<boolean> {
  return [...(await client.pollers()).values()].every((count) => count > 0);
}

export type Steering = 'pause' | 'resume' | 'cancel';

const steerings = {
  pause: { state: 'paused', signal: 'pauseRun' },
  resume: { state: 'running', signal: 'resumeRun' },
  cancel: { state: 'cancelled', signal: 'cancelRun' },
} as const satisfies Record<Steering, { state: RunState; signal: keyof SyncClient }>;

/** The store is told first, which stops new writes at once, then the workflow; `reached`: it is still open. */
export async function steerRun(
  { store, client }: RunPorts,
  site: string,
  verb: Steering,
): Promise<{ readonly run: string; readonly state: RunState; readonly reached: boolean }> {
  const run = await store.latestRun(site, 'sync');
  if (run === null || run.state === 'finished' || run.state === 'cancelled') {
    throw new Refused(
      `There is no InitialSync of ${site} to ${verb}${run === null ? '' : `: the last one is ${run.state}`}. \`sync start\` starts one.`,
      { run: run?.id ?? null, state: run?.state ?? 'none' },
    );
  }
  const { state, signal } = steerings[verb];
  if (run.state !== state) await store.setRunState(site, run.id, state);
  return { run: run.id, state, reached: await client[signal](site, 'sync') };
}
