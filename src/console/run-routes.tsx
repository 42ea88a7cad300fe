/** Runs: a plan before, the start, the steering, the history with what each came to. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ComponentChild } from 'preact';
import { runWorkflowId } from '../client';
import { startRun, steerRun, type Steering } from '../start-run';
import { noteChange } from './audit';
import { RunProgress } from './pages/run-progress';
import { RunPage, RunsPage } from './pages/runs';
import { NotFound, siteRoute, sitePath, type Route, type SiteVisit } from './route';
import { runHref } from './temporal-ui';

const runsShown = 20;
const freshEveryMs = 1_000;

const notices: Readonly<Record<Steering, string>> = {
  pause: 'Paused. No new write starts; calls already sent finish.',
  resume: 'Running again.',
  cancel: 'Cancelled. Calls already sent finish; what has been written and linked stays.',
};

export const runRoutes: readonly Route[] = [
  siteRoute('GET', '/runs', 'viewer', async (visit) => {
    const { ports, site } = visit;
    const [runs, latest] = await Promise.all([
      ports.reads.runs(site.id, runsShown),
      ports.store.latestRun(site.id, 'sync'),
    ]);
    return { page: { title: 'Runs', body: <RunsPage {...{ visit, runs, latest }} /> } };
  }),
  siteRoute('GET', '/runs/:run', 'viewer', async (visit) => {
    const { ports, site, params } = visit;
    const run = await ports.store.run(site.id, params.run ?? '');
    if (run === null) throw new NotFound('There is no such run.');
    const [progress, plan] = await Promise.all([
      ports.store.progress(site.id, run.id),
      run.mode === 'plan' && run.state === 'finished' && run.decisionsKept
        ? ports.store.planReport(site.id, run.id)
        : null,
    ]);
    const { temporalUi } = ports;
    const workflow = runWorkflowId(site.id, run.mode);
    const href = temporalUi === null ? null : runHref(temporalUi, workflow, run.id);
    return { page: { title: 'Run', body: <RunPage {...{ visit, run, progress, plan, href }} /> } };
  }),
  siteRoute('GET', '/runs/:run/live', 'viewer', (visit) => ({ live: liveRun(visit) })),
  ...(['sync', 'plan'] as const).map((mode) =>
    siteRoute('POST', `/runs/${mode}`, 'operator', async ({ ports, site, user }) => {
      const { id } = await startRun(ports, site.id, mode);
      await noteChange({ ports, user }, site.id, `${mode} started`, { run: id });
      return { goTo: sitePath(site.id, `/runs/${id}`) };
    }),
  ),
  ...(['pause', 'resume', 'cancel'] as const).map((verb) =>
    siteRoute('POST', `/runs/${verb}`, 'operator', async ({ ports, site, user }) => {
      const { run } = await steerRun(ports, site.id, verb);
      await noteChange({ ports, user }, site.id, `run: ${verb}`, { run });
      return { goTo: sitePath(site.id, `/runs/${run}`), notice: notices[verb] };
    }),
  ),
];

async function* liveRun({ ports, site, params, gone }: SiteVisit): AsyncIterable<ComponentChild> {
  while (!gone.aborted) {
    const run = await ports.store.run(site.id, params.run ?? '');
    if (run === null) return;
    yield <RunProgress run={run} progress={await ports.store.progress(site.id, run.id)} site={site.id} />;
    await sleep(freshEveryMs, undefined, { signal: gone }).catch(() => undefined);
  }
}
