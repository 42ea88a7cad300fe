/**
 * Turns what waits in Postgres into running workflows: deliveries into due links, due links into started entities.
 * Several may run; rows are given to one of them. Temporal away: everything waits where it is.
 */
import type { DueLink, EntityStarter } from '../ports/due';
import type { Reads } from '../ports/reads';
import type { Store } from '../ports/store';
import { dispatchWindow } from '../domain/window';

export interface DispatcherPorts {
  readonly store: Store;
  readonly reads: Reads;
  readonly entities: EntityStarter;
  /** Told what went wrong, in a sentence without a name. */
  readonly warn: (facts: { readonly err: unknown; readonly site?: string }, message: string) => void;
}

export interface Dispatcher {
  /** Something new waits. */
  poke(): void;
  /** Resolves when what it has in hand is done. */
  stop(): Promise<void>;
}

/** Links woken by their time, and what another process kept, are met after this at the latest. */
const idleMs = 250;
const longestPauseMs = 5_000;
/** A link whose workflow could not be told is tried again after this. */
const postponedMs = 2_000;
const deliveriesAtOnce = 200;
const sitesAtOnce = 4;
const dropEveryMs = 3_600_000;

export function startDispatcher(ports: DispatcherPorts): Dispatcher {
  const { store, warn } = ports;
  let stopped = false;
  let poked = false;
  let wake = (): void => undefined;
  let failures = 0;
  let droppedAt = -Infinity;

  const running = run();
  return {
    poke() {
      poked = true;
      wake();
    },
    async stop() {
      stopped = true;
      wake();
      await running;
    },
  };

  async function run(): Promise<void> {
    while (!isStopped()) {
      poked = false;
      const outcome = await round().catch((error: unknown) => {
        warn({ err: error }, 'The dispatcher could not look for work; it looks again.');
        return 'failing' as const;
      });
      failures = outcome === 'failing' ? failures + 1 : 0;
      if (outcome !== 'worked') await pause();
    }
  }

  /** A poke ends the pause, but not the one after a failure: then it would hammer what is down. */
  async function pause(): Promise<void> {
    const failing = failures > 0;
    if (isStopped() || (poked && !failing)) return;
    await new Promise<void>((done) => {
      const timer = setTimeout(done, failing ? Math.min(longestPauseMs, idleMs * 2 ** failures) : idleMs);
      wake = () => {
        if (failing && !isStopped()) return;
        clearTimeout(timer);
        done();
      };
    });
  }

  /** Every site with work gets its turn, however much another has. */
  async function round(): Promise<'worked' | 'idle' | 'failing'> {
    if (performance.now() - droppedAt > dropEveryMs) {
      await store.dropOldDeliveries();
      droppedAt = performance.now();
    }
    const sites = await store.sitesWithWork();
    const outcomes: Awaited<ReturnType<typeof serve>>[] = [];
    for (let from = 0; from < sites.length; from += sitesAtOnce) {
      outcomes.push(...(await Promise.all(sites.slice(from, from + sitesAtOnce).map(serve))));
    }
    if (outcomes.includes('worked')) return 'worked';
    return outcomes.includes('failing') ? 'failing' : 'idle';
  }

  async function serve(site: string): Promise<'worked' | 'idle' | 'failing'> {
    try {
      const taken = await store.dispatchDeliveries(site, deliveriesAtOnce);
      const [{ open }, budgets] = await Promise.all([
        store.drainState(site, null),
        ports.reads.budgets(site),
      ]);
      const free = dispatchWindow(budgets) - open;
      const due = free > 0 ? await store.claimDue(site, null, free) : [];
      const started = await Promise.all(due.map((link) => start(site, link)));
      if (started.includes(true)) return 'worked';
      if (started.length > 0) return 'failing';
      return taken > 0 ? 'worked' : 'idle';
    } catch (error) {
      warn({ err: error, site }, 'A site could not be served; its turn comes again.');
      return 'failing';
    }
  }

  async function start(site: string, due: DueLink): Promise<boolean> {
    try {
      await ports.entities.start(site, due);
      return true;
    } catch (error) {
      warn({ err: error, site }, `The workflow of link ${due.link} could not be told; it is told later.`);
      await store.postponeDue(site, due.link, postponedMs);
      return false;
    }
  }

  /** Behind a function, for it changes while we await. */
  function isStopped(): boolean {
    return stopped;
  }
}
