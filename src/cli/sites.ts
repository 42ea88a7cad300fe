/** `sites`: every connected site and how it stands. */
import type { Side } from '../domain/record';
import type { SideHooks } from '../ports/hooks';
import type { Freshness } from '../ports/watch';
import type { Run } from '../ports/runs';
import type { Site } from '../ports/sites';
import { freshnessWord, pollingWord } from '../wording/freshness-text';
import { hooksWord, sitesWord } from '../wording/hooks-text';
import { fewAtOnce, sitesAtOnce } from '../few-at-once';
import { newCommand } from './new-command';
import type { StoreParts } from '../engine-parts';
import type { Session } from './session';
import { tableLines } from './table';
import type { Terminal } from './terminal';
import { lookOrWatch, watchHelp, type Look } from './watch';

export function sitesCommand(session: Session) {
  return newCommand('sites', 'List the connected sites', ['sites', 'sites --watch', 'sites --json'])
    .option('--watch', watchHelp)
    .action(async ({ json, watch }) => {
      const parts = await session.storeParts();
      await lookOrWatch(session, { json, watch }, () => lookAt(parts, session.terminal));
    });
}

async function lookAt({ store, reads }: StoreParts, terminal: Terminal): Promise<Look> {
  const sites = await store.sites();
  const rows = await fewAtOnce(sites, sitesAtOnce, async (site) => ({
    site,
    run: await store.latestRun(site.id, 'sync'),
    hooks: await store.siteHooks(site.id),
    freshness: await reads.freshness(site.id),
  }));
  return { value: { sites: rows.map(toJsonRow) }, text: () => describe(rows, terminal), isOver: false };
}

function describe(rows: readonly Row[], terminal: Terminal): string {
  if (rows.length === 0) return 'No site is connected yet: `connect` does that.';
  const columns = [
    { title: 'site' },
    { title: 'address', least: 20 },
    { title: 'state' },
    { title: 'InitialSync' },
    { title: 'webhooks' },
    { title: 'known as of' },
    { title: 'polled' },
  ];
  const cells = rows.map(({ site, run, hooks, freshness }) => [
    ...[site.id, site.url],
    {
      text: stateOf(site),
      tone: site.frozen !== null ? ('bad' as const) : isHeldUp(site) ? ('warn' as const) : null,
    },
    ...[run?.state ?? 'none', sitesWord(hooks), freshnessWord(freshness), pollingWord(freshness)],
  ]);
  const frozen = rows.flatMap(({ site: { id, frozen: why } }) =>
    why === null ? [] : [`${id} is frozen: ${why}`],
  );
  return [...tableLines(columns, cells, terminal), ...frozen].join('\n');
}

function isHeldUp({ paused, adoptOnly }: Site): boolean {
  return paused.site || paused.kinds.length > 0 || adoptOnly;
}

interface Row {
  readonly site: Site;
  readonly run: Run | null;
  readonly hooks: Readonly<Record<Side, SideHooks>>;
  readonly freshness: Readonly<Record<Side, Freshness>>;
}

/** One word for what an operator would ask first. */
function stateOf({ frozen, paused, adoptOnly }: Site): string {
  if (frozen !== null) return 'frozen';
  if (paused.site) return 'paused';
  if (paused.kinds.length > 0) return `${paused.kinds.join(' and ')} paused`;
  return adoptOnly ? 'links only' : 'on';
}

function toJsonRow({ site, run, hooks, freshness }: Row) {
  const { id, url, deskCreatedAt, settings, ownerCompanyId, users, frozen, adoptOnly, paused, createdAt } =
    site;
  return {
    ...{
      id,
      url,
      state: stateOf(site),
      frozen,
      paused,
      adoptOnly,
      deskCreatedAt,
      ownerCompanyId,
      users,
      settings,
    },
    connectedAt: createdAt,
    webhooks: {
      teamwork: { state: hooksWord(hooks.teamwork), problem: hooks.teamwork.problem },
      desk: { state: hooksWord(hooks.desk), problem: hooks.desk.problem },
    },
    freshness,
    initialSync: run === null ? { run: null, state: 'none' } : { run: run.id, state: run.state },
  };
}
