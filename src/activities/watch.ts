/**
 * Watches a site: polls what changed and what was deleted, each in its own time; starts what is due; raises the
 * database's epoch. What fails is tried again by its next turn, and no turn waits for another's. It ends after a while,
 * so that sites spread anew over the workers that there are, and the workflow begins it again.
 */
import { activityInfo, ApplicationFailure, cancellationSignal, log } from '@temporalio/activity';
import type { Side } from '../domain/record';
import type { Store } from '../ports/store';
import type { News, Watched, WatchIntervals } from '../ports/watch';
import { alive } from './alive';
import type { Pace } from './pace';
import type { PollInput, PollResult } from './poll';
import type { SameAccounts } from './same-accounts';

const watchForMs = 1_800_000;
const [firstRetryMs, longestRetryMs] = [1_000, 15_000];

export interface WatchTask {
  readonly site: string;
  readonly every: WatchIntervals;
  /** The database's epoch as the workflow remembers it. */
  readonly epoch: number;
  /** Every turn once, at once, whatever others poll. */
  readonly once?: boolean;
}

export interface WatchEnd {
  readonly epoch: number;
  /** There is no such site any more. */
  readonly gone: boolean;
}

export interface WatchPorts {
  readonly store: Pick<Store, 'sitesWithWork' | 'raiseEpoch'>;
  readonly accounts: Pick<SameAccounts, 'provenSame'>;
  readonly poll: (input: PollInput) => Promise<PollResult>;
  readonly startDue: (input: { readonly site: string }) => Promise<unknown>;
  readonly checkHooks: (input: { readonly site: string }) => Promise<void>;
  readonly pace: Pace;
}

const watched = (side: Side, kind: Watched['kind'], news: News): Watched => ({ side, kind, news });

export function watchWith({ store, accounts, poll, startDue, checkHooks, pace }: WatchPorts) {
  const sitesWithWork = sharedFor(sharedForMs, store.sitesWithWork);

  return async function watch({ site, every, epoch, once = false }: WatchTask): Promise<WatchEnd> {
    // What the attempt before this one remembered, if its worker died.
    const before = activityInfo().heartbeatDetails as Partial<Beat> | undefined;
    let remembered = Math.max(epoch, before?.epoch ?? 0);
    let gone = false;
    const polls: Record<string, string> = {};
    const ending = new AbortController();
    const over = ending.signal;
    const end = (): void => ending.abort();
    cancellationSignal().addEventListener('abort', end);

    const beat = (): Beat => ({ epoch: remembered, polls });
    await alive(beat, async () => {
      // Desk's companies send no hooks, so their edits are looked for most often.
      const turns = [
        again(every.deskCompaniesMs, [watched('desk', 'company', 'changed')]),
        again(every.changesMs, [
          watched('desk', 'customer', 'changed'),
          watched('desk', 'company', 'deleted'),
          watched('desk', 'customer', 'deleted'),
        ]),
        again(every.changesMs, [
          watched('teamwork', 'company', 'changed'),
          watched('teamwork', 'customer', 'changed'),
          watched('teamwork', 'customer', 'deleted'),
        ]),
        again(every.listingsMs, [watched('desk', 'company', 'listed')]),
        again(every.listingsMs, [watched('teamwork', 'company', 'listed')]),
        turn(every.listingsMs, lookAtHooks),
        turn(every.wakeMs, startWhatIsDue),
        turn(every.epochMs, raiseEpoch),
      ];
      // What is under way when it is over ends by itself, and does no harm beside the watch that follows.
      await Promise.race([Promise.all(turns).then(end), restOf(watchForMs, over)]);
      end();
    });
    return { epoch: remembered, gone };

    function again(everyMs: number, which: readonly Watched[]): Promise<void> {
      return turn(everyMs, () =>
        once ? pollAll(which, everyMs) : pace(which.length, () => pollAll(which, everyMs)),
      );
    }

    async function pollAll(which: readonly Watched[], everyMs: number): Promise<void> {
      if (over.aborted) return;
      const ends = await Promise.allSettled(
        which.map(async (news) => {
          const result = await poll({ site, ...news, everyMs });
          polls[`${news.side} ${news.kind} ${news.news}`] = result.done ? 'done' : result.why;
          return result.done ? result.news : 0;
        }),
      );
      if (ends.some((end) => end.status === 'fulfilled' && end.value > 0)) await startDue({ site });
      const failed = ends.find((end) => end.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
    }

    async function turn(everyMs: number, work: () => Promise<void>): Promise<void> {
      let failures = 0;
      do {
        const failed = await work().then(
          () => null,
          (error: unknown) => ({ againInMs: againInMs(error, failures) }),
        );
        failures = failed === null ? 0 : failures + 1;
        if (!over.aborted) await restOf(Math.min(everyMs, failed?.againInMs ?? (once ? 0 : everyMs)), over);
      } while (!over.aborted && (!once || failures > 0));
    }

    function againInMs(error: unknown, failures: number): number {
      const told: unknown = error instanceof ApplicationFailure ? error.nextRetryDelay : null;
      if (typeof told === 'number') return told;
      log.warn('A turn of the watch failed; it is tried again soon', { site, error: String(error) });
      return Math.min(longestRetryMs, firstRetryMs * 2 ** failures);
    }

    /** The vendors switch off a hook that could not be delivered; whoever waits for it would not notice. */
    async function lookAtHooks(): Promise<void> {
      if (await accounts.provenSame(site)) await checkHooks({ site });
    }

    async function startWhatIsDue(): Promise<void> {
      if ((await sitesWithWork()).includes(site)) await startDue({ site });
    }

    async function raiseEpoch(): Promise<void> {
      const raised = await store.raiseEpoch(site, remembered);
      if (raised === null) {
        gone = true;
        end();
      } else remembered = raised;
    }
  };
}

/** What its successor goes on from, and what the Temporal UI shows of a watch: how the last poll of each kind ended. */
interface Beat {
  readonly epoch: number;
  readonly polls: Readonly<Record<string, string>>;
}

/** One answer serves the watches of all sites that ask about the same time. */
const sharedForMs = 1_000;

function sharedFor<T>(ms: number, ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | null = null;
  let until = 0;
  return () => {
    if (answer === null || performance.now() >= until) {
      until = performance.now() + ms;
      answer = ask();
    }
    return answer;
  };
}

function restOf(ms: number, over: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const end = (): void => {
      clearTimeout(timer);
      over.removeEventListener('abort', end);
      done();
    };
    const timer = setTimeout(end, over.aborted ? 0 : ms);
    over.addEventListener('abort', end);
  });
}
