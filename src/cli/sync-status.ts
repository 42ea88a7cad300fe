/** `sync status`: how the site's latest InitialSync stands. */
import type { Progress, Run } from '../ports/runs';
import { freshnessLines } from '../wording/freshness-text';
import { newSiteCommand } from './new-command';
import { progressLine } from './progress-line';
import { runReport } from './run-report';
import { answer, chooseSite, type Session } from './session';

export function syncStatusCommand(session: Session) {
  return newSiteCommand('status', 'Show the InitialSync: state, progress, counts', [
    'sync status',
    'sync status --json',
  ]).action(async ({ json, site: named }) => {
    const { store, reads } = await session.storeParts();
    const site = await chooseSite(store, named);
    const run = await store.latestRun(site.id, 'sync');
    const progress = run === null ? null : await store.progress(site.id, run.id);
    const freshness = await reads.freshness(site.id);
    answer(session, json, { ...toJsonStatus(run, progress), freshness }, () => {
      if (run === null)
        return `No InitialSync of ${site.id} has been started: \`sync plan\` shows what it would do, \`sync start\` starts it.`;
      const { terminal } = session;
      const ended = run.state === 'finished' || run.state === 'cancelled';
      const lines = [
        ...(ended || progress === null ? [] : [progressLine(progress, run.mode, terminal.width())]),
        ...(run.state === 'paused' ? ['Paused: `sync resume` goes on.'] : []),
        ...(site.frozen === null ? [] : [site.frozen]),
        ...freshnessLines(freshness),
      ];
      return [runReport(run, terminal.width()), ...lines].join('\n');
    });
  });
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
