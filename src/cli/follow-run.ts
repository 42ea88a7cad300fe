/** Shows a run to its end: a line drawn over and over on a terminal, a line now and then elsewhere. */
import type { Progress, Run, RunMode } from '../ports/runs';
import type { Store } from '../ports/store';
import { harmless } from './plain-text';
import { progressLine } from './progress-line';
import type { Terminal } from './terminal';

export interface Followed {
  readonly store: Pick<Store, 'run' | 'progress' | 'site'>;
  readonly terminal: Terminal;
  readonly site: string;
  readonly run: string;
  readonly mode: RunMode;
  /** Stops the watching, not the run. */
  readonly signal: AbortSignal;
  /** Whether anybody works at the run; asked when nothing moves. */
  readonly workers?: () => Promise<boolean>;
}

const everyMs = { live: 200, plain: 1_000 };
const plainLineEveryMs = 5_000;
const stillForMs = 3_000;

/** For whoever reads JSON: nothing is shown on the way. */
export function silent(terminal: Terminal): Terminal {
  return { ...terminal, live: false, print: () => undefined, redraw: () => undefined };
}

/** Answers the run as it ended; null when the watching was stopped before. */
export async function followRun(followed: Followed): Promise<Run | null> {
  const { store, terminal, site, signal } = followed;
  let shown = { line: '', at: 0 };
  let moved = { to: '', at: Date.now() };
  let hint: string | null = null;
  try {
    for (;;) {
      const [run, progress] = await Promise.all([
        store.run(site, followed.run),
        store.progress(site, followed.run),
      ]);
      if (run !== null && (run.state === 'finished' || run.state === 'cancelled')) return run;
      if (signal.aborted) return null;

      const place = `${run?.state ?? ''} ${run?.phase ?? ''} ${progress?.done ?? 0} ${progress?.pagesRead ?? 0}`;
      const now = Date.now();
      if (place !== moved.to) {
        moved = { to: place, at: now };
        hint = null;
      } else if (now - moved.at >= stillForMs) {
        hint = await whyStill(followed, run);
        moved = { to: place, at: now };
      }
      const line = lineOf(followed, run, progress, hint);
      if (terminal.live) terminal.redraw(line);
      else if (line !== shown.line && (now - shown.at >= plainLineEveryMs || hint !== null)) {
        terminal.print(line);
        shown = { line, at: now };
      }
      await wait(terminal.live ? everyMs.live : everyMs.plain, signal);
    }
  } finally {
    terminal.redraw('');
  }
}

function lineOf(
  { terminal, mode }: Followed,
  run: Run | null,
  progress: Progress | null,
  hint: string | null,
): string {
  const width = terminal.width() - 1;
  const trouble = hint ?? (run?.state === 'paused' ? 'Paused: `sync resume` goes on.' : null);
  if (trouble !== null) return terminal.live ? harmless(trouble).slice(0, width) : harmless(trouble);
  return progress === null ? 'Starting' : progressLine(progress, mode, width);
}

/** The site's own word first; then whether anybody is there to work. */
async function whyStill({ store, site, workers }: Followed, run: Run | null): Promise<string | null> {
  const frozen = (await store.site(site))?.frozen ?? null;
  if (frozen !== null) return frozen;
  if (run?.state === 'paused') return null;
  return (await workers?.()) === false
    ? 'No worker is running, so nothing moves: start one with `npm start`; the run then goes on by itself.'
    : null;
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
  });
}
