/** `sites`: every connected site and how it stands. */
import type { Side } from '../domain/record';
import type { SideHooks } from '../ports/hooks';
import type { Freshness } from '../ports/watch';
import type { Run } from '../ports/runs';
import type { Site } from '../ports/sites';
import { freshnessWord } from '../wording/freshness-text';
import { hooksWord, sitesWord } from '../wording/hooks-text';
import { newCommand } from './new-command';
import { answer, type Session } from './session';
import { tableLines } from './table';

export function sitesCommand(session: Session) {
  return newCommand('sites', 'List the connected sites', ['sites', 'sites --json']).action(
    async ({ json }) => {
      const { store, reads } = await session.storeParts();
      const sites = await store.sites();
      const rows = await Promise.all(
        sites.map(async (site) => ({
          site,
          run: await store.latestRun(site.id, 'sync'),
          hooks: await store.siteHooks(site.id),
          freshness: await reads.freshness(site.id),
        })),
      );
      answer(session, json, { sites: rows.map(toJsonRow) }, () => {
        if (rows.length === 0) return 'No site is connected yet: `connect` does that.';
        const { terminal } = session;
        const columns = [
          { title: 'site' },
          { title: 'address', least: 20 },
          { title: 'state' },
          { title: 'InitialSync' },
          { title: 'webhooks' },
          { title: 'known as of' },
        ];
        const cells = rows.map(({ site, run, hooks, freshness }) => [
          ...[site.id, site.url, stateOf(site), run?.state ?? 'none'],
          sitesWord(hooks),
          freshnessWord(freshness),
        ]);
        const frozen = sites.flatMap(({ id, frozen: why }) =>
          why === null ? [] : [`${id} is frozen: ${why}`],
        );
        return [...tableLines(columns, cells, terminal.width()), ...frozen].join('\n');
      });
    },
  );
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
