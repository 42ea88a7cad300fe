/**
 * Keeps watch over one site for as long as it is connected (DESIGN §2, staying in step). The polls are made by one
 * activity that goes on and on: a thousand sites cost Temporal some events an hour each, not some a second. Here is only
 * what outlives it: intervals, the database's epoch, and whether there is still a site.
 */
import {
  CancellationScope,
  condition,
  continueAsNew,
  patched,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { pollNow, reconfigureWatch, stopWatching, watchQuery, type WatchInput } from './messages';
import { lookOnce, watch } from './proxies';
import { watchByTurns } from './watch-by-turns';

export async function watchSite(input: WatchInput): Promise<void> {
  if (!patched('many polls in one activity')) return watchByTurns(input);
  const { site } = input;
  let every = input.every;
  let epoch = input.epoch ?? 0;
  let changes = 0;
  let stopped = false;
  let looks: readonly Promise<unknown>[] = [];

  setHandler(reconfigureWatch, (changed) => {
    if (JSON.stringify(changed) !== JSON.stringify(every)) changes += 1;
    every = changed;
  });
  // Beside the watch: its own polls may be late by as much as the machine carries too little.
  setHandler(pollNow, () => void (looks = [...looks, lookOnce({ site, every, epoch, once: true })]));
  setHandler(stopWatching, () => void (stopped = true));
  setHandler(watchQuery, () => ({ epoch, every }), {
    description:
      'How each poll ended last stands in the heartbeat of the watch; what they brought, in console and CLI.',
  });

  const hasEnded = () => stopped;
  while (!workflowInfo().continueAsNewSuggested) {
    const before = changes;
    const isToEnd = () => stopped || changes !== before || workflowInfo().continueAsNewSuggested;
    const scope = new CancellationScope();
    const watching = scope.run(() => watch({ site, every, epoch }));
    await Promise.race([watching, condition(isToEnd)]);
    scope.cancel();
    // Whoever is cancelled answers all the same, for what it remembers of the epoch must not be lost.
    if (!hasEnded()) {
      const end = await watching;
      epoch = Math.max(epoch, end.epoch);
      stopped ||= end.gone;
    }
    if (hasEnded()) return;
  }
  await Promise.allSettled(looks);
  if (!hasEnded()) await continueAsNew<typeof watchSite>({ site, every, epoch });
}
