/** `sync status`: how the site's latest InitialSync stands. */
import type { Progress, Run } from '../ports/runs';
import { freshnessLines } from '../wording/freshness-text';
import { newSiteCommand } from './new-command';
import { progressLine } from './progress-line';
import { runReport } from './run-report';
import { chooseSite, type Session } from './session';
import type { StoreParts } from '../engine-parts';
import type { Terminal } from './terminal';
import { lookOrWatch, watchHelp, type Look } from './watch';

export function syncStatusCommand(session: Session) {
  return newSiteCommand('status', 'Show the InitialSync: state, progress, counts', [
    'sync status',
    'sync status --watch',
    'sync status --json',
  ])
    .option('--watch', `${watchHelp} or its end`)
    .action(async ({ json, site: named, watch }) => {
      const parts = await session.storeParts();
      const { id } = await chooseSite(parts.store, named);
      await lookOrWatch(session, { json, watch }, () => lookAt(parts, id, session.terminal));
    });
}

async function lookAt({ store, reads }: StoreParts, id: string, terminal: Terminal): Promise<Look> {
  const [site, run, freshness] = await Promise.all([
    store.site(id),
    store.latestRun(id, 'sync'),
    reads.freshness(id),
  ]);
  const progress = run === null ? null : await store.progress(id, run.id);
  const isOver = run === null || run.state === 'finished' || run.state === 'cancelled';
  const text = () => {
    if (run === null)
      return `No InitialSync of ${id} has been started: \`sync plan\` shows what it would do, \`sync start\` starts it.`;
    const lines = [
      ...(isOver || progress === null ? [] : [progressLine(progress, run.mode, terminal.width())]),
      ...(run.state === 'paused' ? ['Paused: `sync resume` goes on.'] : []),
      ...(site === null || site.frozen === null ? [] : [site.frozen]),
      ...freshnessLines(freshness),
      ...(isOver
        ? [`Its id: ${run.id}. \`sync undo ${run.id}\` shows what it linked, to unlink it again.`]
        : []),
    ];
    return [runReport(run, terminal), ...lines].join('\n');
  };
  return { value: { ...toJsonStatus(run, progress), freshness }, text, isOver };
}

function toJsonStatus(run: Run | null, progress: Progress | null) {
  if (run === null) return { run: null, state: 'none', startedAt: null, finishedAt: null, counts: null };
  const { id, state, startedAt, finishedAt, counts, calls, phase } = run;
  return {
    run: id,
    state,
    startedAt,
    finishedAt,
    counts,
    calls,
    phase,
    progress: progress === null ? null : progressOf(progress),
  };
}

function progressOf({ done, total, pagesRead, ratePerMinute, secondsLeft }: Progress) {
  return { done, total, pagesRead, ratePerMinute, secondsLeft };
}
