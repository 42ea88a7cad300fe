/** How each site stands, as Prometheus reads it: what the alerts of deploy/alerts.yaml are made of. */
import { sides } from '../domain/record';
import type { SiteFigures } from '../ports/figures';
import type { HookState } from '../ports/hooks';
import { labels, metric, type Row } from './metric-text';

const hookStates: readonly HookState[] = ['active', 'silent', 'off'];

export function siteMetrics(sites: readonly SiteFigures[]): string[] {
  const each = (value: (one: SiteFigures) => number | boolean): Row[] =>
    sites.map((one) => [labels({ site: one.site }), Number(value(one))]);
  return [
    ...metric(
      'site_frozen',
      'gauge',
      'Whether nothing is written to the site.',
      each(({ frozen }) => frozen),
    ),
    ...metric(
      'site_paused',
      'gauge',
      'Whether an operator paused the site.',
      each(({ paused }) => paused),
    ),
    ...metric('freshness_seconds', 'gauge', 'How far behind each side is known.', sites.flatMap(freshness)),
    ...metric(
      'ready_links',
      'gauge',
      'Links that wait to be given to their workflow.',
      each(({ ready }) => ready),
    ),
    ...metric(
      'links_at_work',
      'gauge',
      'Links that their workflow works at.',
      each(({ atWork }) => atWork),
    ),
    ...metric(
      'oldest_due_seconds',
      'gauge',
      'How long the link that has been due longest has waited or been worked at.',
      each(({ oldestDueSeconds }) => oldestDueSeconds),
    ),
    ...metric('links', 'gauge', 'Links and lone records by status.', sites.flatMap(byStatus)),
    ...metric('failing_links', 'gauge', 'Links that fail, by reason.', sites.flatMap(byReason)),
    ...metric(
      'holds',
      'gauge',
      'Mass changes that wait for an approval.',
      each(({ holds }) => holds),
    ),
    ...metric(
      'refusals_last_hour',
      'gauge',
      'Writes that a vendor refused within the last hour.',
      each(({ refusals }) => refusals),
    ),
    ...metric(
      'budget_limit_per_minute',
      'gauge',
      'Calls a minute that the engine may make.',
      sites.flatMap((one) => bySide(one, (side) => one.budgets[side].limitPerMinute)),
    ),
    ...metric(
      'budget_used_last_minute',
      'gauge',
      'Calls that it made within the last minute.',
      sites.flatMap((one) => bySide(one, (side) => one.budgets[side].usedLastMinute)),
    ),
    ...metric('hooks', 'gauge', 'Webhooks by how they stand.', sites.flatMap(hooks)),
    ...metric(
      'hooks_missing',
      'gauge',
      'Why a side has no webhooks, where it has none.',
      sites.flatMap(missing),
    ),
  ];
}

function bySide({ site }: SiteFigures, value: (side: (typeof sides)[number]) => number): Row[] {
  return sides.map((side) => [labels({ site, side }), value(side)]);
}

/** What was never polled has no age. */
function freshness({ site, freshness: known }: SiteFigures): Row[] {
  return sides.flatMap((side) =>
    (['changes', 'deletions'] as const).flatMap((what): Row[] => {
      const at = known[side][what];
      if (at === null) return [];
      return [[labels({ site, side, what }), Math.max(0, (Date.now() - Date.parse(at)) / 1_000)]];
    }),
  );
}

function byStatus({ site, links }: SiteFigures): Row[] {
  return summed(links.map(({ kind, status, count }) => [labels({ site, kind, status }), count]));
}

function byReason({ site, links }: SiteFigures): Row[] {
  const failing = links.filter(({ status }) => status === 'failing');
  return summed(failing.map(({ reason, count }) => [labels({ site, reason }), count]));
}

function summed(rows: readonly Row[]): Row[] {
  const sums = new Map<string, number>();
  for (const [its, value] of rows) sums.set(its, (sums.get(its) ?? 0) + value);
  return [...sums];
}

function hooks({ site, hooks: registered }: SiteFigures): Row[] {
  return sides.flatMap((side) =>
    hookStates.map((state): Row => {
      const found = registered[side].hooks.filter((hook) => hook.state === state);
      return [labels({ site, side, state }), found.length];
    }),
  );
}

function missing({ site, hooks: registered }: SiteFigures): Row[] {
  return sides.flatMap((side): Row[] => {
    const { problem } = registered[side];
    return problem === null ? [] : [[labels({ site, side, problem }), 1]];
  });
}
