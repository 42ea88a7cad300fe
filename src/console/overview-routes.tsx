/** The overview of a site, kept fresh; and the start page. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ComponentChild } from 'preact';
import { startDue } from '../start-due';
import { noteChange } from './audit';
import { Overview, type OverviewFacts } from './pages/overview';
import { isOperator, PostForm } from './pages/parts';
import { SiteList } from './pages/site-list';
import { siteRoute, sitePath, type Route, type SiteVisit } from './route';

const freshEveryMs = 2_000;

async function factsOf({ ports: { store, reads, certificates }, site }: SiteVisit): Promise<OverviewFacts> {
  const [now, counts, freshness, hooks, budgets, run, [latest = null]] = await Promise.all([
    store.site(site.id),
    reads.statusCounts(site.id),
    reads.freshness(site.id),
    store.siteHooks(site.id),
    reads.budgets(site.id),
    store.latestRun(site.id, 'sync'),
    certificates.certificates(site.id, 1),
  ]);
  const progress = run === null ? null : await store.progress(site.id, run.id);
  return { site: now ?? site, counts, freshness, hooks, budgets, run, progress, certificate: latest };
}

async function* liveOverview(visit: SiteVisit): AsyncIterable<ComponentChild> {
  while (!visit.gone.aborted) {
    yield <Overview {...await factsOf(visit)} />;
    await sleep(freshEveryMs, undefined, { signal: visit.gone }).catch(() => undefined);
  }
}

export const overviewRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/',
    role: 'viewer',
    async serve({ ports, user }) {
      const sites = await ports.store.sites();
      const [only, ...others] = sites;
      if (only !== undefined && others.length === 0) return { goTo: sitePath(only.id) };
      return { page: { title: 'Sites', body: <SiteList sites={sites} user={user} /> } };
    },
  },
  siteRoute('GET', '', 'viewer', async (visit) => {
    const facts = await factsOf(visit);
    return {
      page: {
        title: visit.site.id,
        body: (
          <>
            {isOperator(visit) && <SiteActions visit={visit} facts={facts} />}
            <div data-live={sitePath(visit.site.id, '/live')}>
              <Overview {...facts} />
            </div>
          </>
        ),
      },
    };
  }),
  siteRoute('GET', '/live', 'viewer', (visit) => ({ live: liveOverview(visit) })),
  siteRoute('POST', '/pause', 'operator', async ({ ports, site, user }) => {
    await ports.store.setPaused(site.id, 'site', true);
    await noteChange({ ports, user }, site.id, 'site paused');
    return { goTo: sitePath(site.id), notice: 'Paused. No new write starts; calls already sent finish.' };
  }),
  siteRoute('POST', '/resume', 'operator', async ({ ports, site, user }) => {
    await ports.store.setPaused(site.id, 'site', false);
    await startDue(ports, site.id);
    await noteChange({ ports, user }, site.id, 'site resumed');
    return { goTo: sitePath(site.id), notice: 'Resumed. What changed meanwhile is caught up with.' };
  }),
];

function SiteActions({ visit, facts }: { readonly visit: SiteVisit; readonly facts: OverviewFacts }) {
  const { id } = visit.site;
  const state = facts.run?.state;
  const runs = state === 'running' || state === 'paused';
  return (
    <div class="actions">
      {facts.site.paused.site ? (
        <PostForm visit={visit} action={sitePath(id, '/resume')}>
          <button>Resume the site</button>
        </PostForm>
      ) : (
        <PostForm visit={visit} action={sitePath(id, '/pause')}>
          <button>Pause the site</button>
        </PostForm>
      )}
      {!runs && (
        <a class="button" href={sitePath(id, '/runs')}>
          {facts.run === null ? 'Plan and start the InitialSync' : 'Runs'}
        </a>
      )}
      {runs && (
        <PostForm visit={visit} action={sitePath(id, `/runs/${state === 'paused' ? 'resume' : 'pause'}`)}>
          <button>{state === 'paused' ? 'Resume the InitialSync' : 'Pause the InitialSync'}</button>
        </PostForm>
      )}
    </div>
  );
}
