/** Starts a run, or joins the one that is open. */
import type { Run, RunMode } from '../ports/runs';
import { failed } from './failures';
import { hasWorkers, type EngineParts } from './session';

const askAgainMs = 200;
const mostMs = 60_000;

/** A run that was just cancelled is open until its workflow has seen it; nobody wants to join that one. */
export async function startRun({ store, client }: EngineParts, site: string, mode: RunMode): Promise<Run> {
  const until = Date.now() + mostMs;
  for (;;) {
    const run = await store.startRun(site, await client.startRun(site, mode), mode);
    if (run.state === 'running' || run.state === 'paused') return run;
    if (Date.now() > until) {
      const why = (await hasWorkers(client))
        ? 'its last call takes long'
        : 'no worker is running to end it: `npm start` starts one';
      throw failed(`The run before is ${run.state} and not closed yet, for ${why}. Try again then.`);
    }
    await new Promise((resolve) => setTimeout(resolve, askAgainMs));
  }
}
