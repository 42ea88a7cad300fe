/**
 * The watch as it was begun before its polls moved into one activity: an activity a poll, some hundred events a minute.
 * Runs that began so end so, with their next continue-as-new.
 */
import {
  condition,
  continueAsNew,
  log,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { Side } from '../domain/record';
import type { News, Watched } from '../ports/watch';
import { pollNow, reconfigureWatch, stopWatching, watchQuery, type WatchInput } from './messages';
import { checkHooks, pollsOf, probeAccounts, raiseEpoch, startDue } from './proxies';

const watched = (side: Side, kind: Watched['kind'], news: News): Watched => ({ side, kind, news });

export async function watchByTurns(input: WatchInput): Promise<void> {
  const { site } = input;
  let every = input.every;
  let epoch = input.epoch ?? 0;
  let asked = 0;
  let stopped = false;
  /** Both accounts were found to be those first seen, and the site has not been frozen since (R29). */
  let trusted = false;
  let probing: Promise<void> | null = null;
  let polls: Readonly<Record<string, string>> = {};

  setHandler(reconfigureWatch, (changed) => {
    every = changed;
    asked += 1;
  });
  setHandler(pollNow, () => void (asked += 1));
  setHandler(stopWatching, () => void (stopped = true));
  setHandler(watchQuery, () => ({ epoch, every }));

  // Desk's companies send no hooks, so their edits are looked for most often.
  const turns: readonly Promise<void>[] = [
    again(() => every.deskCompaniesMs, [watched('desk', 'company', 'changed')]),
    again(
      () => every.changesMs,
      [
        watched('desk', 'customer', 'changed'),
        watched('desk', 'company', 'deleted'),
        watched('desk', 'customer', 'deleted'),
      ],
    ),
    again(
      () => every.changesMs,
      [
        watched('teamwork', 'company', 'changed'),
        watched('teamwork', 'customer', 'changed'),
        watched('teamwork', 'customer', 'deleted'),
      ],
    ),
    again(() => every.listingsMs, [watched('desk', 'company', 'listed')]),
    again(() => every.listingsMs, [watched('teamwork', 'company', 'listed')]),
    turn(() => every.listingsMs, lookAtHooks),
    turn(() => every.wakeMs, startWhatIsDue),
    turn(() => every.epochMs, rememberEpoch),
  ];
  const hasEnded = () => stopped;
  await Promise.race([...turns, condition(() => stopped || workflowInfo().continueAsNewSuggested)]);
  // What a turn is at ends with this run; the next one's turns begin at once.
  if (!hasEnded()) await continueAsNew<typeof watchByTurns>({ site, every, epoch });

  function again(intervalMs: () => number, which: readonly Watched[]): Promise<void> {
    return turn(intervalMs, async () => {
      await makeSure();
      if (trusted) await Promise.all(which.map(poll));
    });
  }

  async function turn(intervalMs: () => number, work: () => Promise<void>): Promise<void> {
    for (;;) {
      const before = asked;
      try {
        await work();
      } catch (error) {
        log.warn('A turn of the watch failed; its next one tries again', { site, error: String(error) });
      }
      await condition(() => asked !== before, intervalMs());
    }
  }

  async function poll(which: Watched): Promise<void> {
    const result = await pollsOf(which.side).poll({ site, ...which });
    const name = `${which.side} ${which.kind} ${which.news}`;
    polls = { ...polls, [name]: result.done ? 'done' : result.why };
    setCurrentDetails(pollsInWords(polls));
    if (!result.done) trusted = trusted && result.why !== 'frozen';
    else if (result.news > 0) await startDue({ site });
  }

  /** Several turns may ask at once; one probe serves them all. */
  async function makeSure(): Promise<void> {
    if (trusted) return;
    probing ??= probeAccounts({ site })
      .then((result) => void (trusted = result === 'same'))
      .finally(() => void (probing = null));
    await probing;
  }

  /** The vendors switch off a hook that could not be delivered; whoever waits for it would not notice. */
  async function lookAtHooks(): Promise<void> {
    await makeSure();
    if (trusted) await checkHooks({ site });
  }

  async function startWhatIsDue(): Promise<void> {
    await startDue({ site });
  }

  async function rememberEpoch(): Promise<void> {
    const raised = await raiseEpoch({ site, remembered: epoch });
    if (raised === null) stopped = true;
    else epoch = raised;
  }
}

function pollsInWords(polls: Readonly<Record<string, string>>): string {
  const lines = Object.entries(polls).map(([name, how]) => `- ${name}: ${how}`);
  return ['How the last poll of each kind ended:', ...lines].join('\n');
}
