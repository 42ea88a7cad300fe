/** Starts, tells and ends the watch of a site, and its daily sweep. */
import {
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  WorkflowNotFoundError,
  type Client,
} from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import type { Memo } from './entity-client';
import {
  pollNow,
  reconfigureWatch,
  stopWatching,
  watchQuery,
  type WatchInput,
  type WatchState,
} from './workflows/messages';
import type { WatchIntervals } from './ports/watch';
import { inTheConsole } from './workflows/console-page';
import { engineQueue } from './workflows/queues';
import { attribute } from './workflows/search-attributes';

export interface WatchClient {
  /** Starts the watch and the daily sweep of a site where they are not there yet; a watch that runs takes the intervals. */
  ensureWatching(site: string): Promise<void>;
  /** Every poll begins at once; false when there is no watch. */
  pollNow(site: string): Promise<boolean>;
  /** What the watch knows of itself; null when there is none. Needs a worker. */
  watchState(site: string): Promise<WatchState | null>;
  /** Ends both. */
  stopWatching(site: string): Promise<void>;
}

export function watchWorkflowId(site: string): string {
  return `${site}/watch`;
}

/** What the list of workflows is filtered by first. */
export function ofSite(site: string): TypedSearchAttributes {
  return new TypedSearchAttributes([{ key: attribute.site, value: site }]);
}

/** In the small hours, each site at a time of its own within them. */
const sweepAt = { hour: 3, jitter: '2 hours', catchupWindow: '10 minutes' } as const;

/** Desk's companies four times as often as the rest, for they have no hooks; whole listings a tenth as often. */
export function watchIntervals(pollMs: number): WatchIntervals {
  return {
    deskCompaniesMs: Math.ceil(pollMs / 4),
    changesMs: pollMs,
    listingsMs: pollMs * 10,
    wakeMs: Math.ceil(pollMs / 12),
    epochMs: pollMs,
  };
}

export function watchClient(
  client: Client,
  { memo, every }: { readonly memo: Memo; readonly every: WatchIntervals },
): WatchClient {
  const handleOf = (site: string) => client.workflow.getHandle(watchWorkflowId(site));
  const scheduleId = (site: string) => `${site}/sweep`;

  return {
    async ensureWatching(site) {
      const input: WatchInput = { site, every };
      await client.workflow.signalWithStart('watchSite', {
        workflowId: watchWorkflowId(site),
        taskQueue: engineQueue,
        args: [input],
        signal: reconfigureWatch,
        signalArgs: [every],
        memo: { ...memo },
        priority: { priorityKey: 2, fairnessKey: site },
        staticSummary: `Watch over ${site}`,
        staticDetails: inTheConsole(memo.consoleUrl, site),
        typedSearchAttributes: ofSite(site),
      });
      await ensureSweeping(site);
    },

    pollNow: (site) =>
      ifThere(async () => {
        await handleOf(site).signal(pollNow);
        return true;
      }, false),

    watchState: (site) =>
      ifThere(async () => {
        const { status } = await handleOf(site).describe();
        return status.name === 'RUNNING' ? handleOf(site).query(watchQuery) : null;
      }, null),

    async stopWatching(site) {
      await ifThere(() => handleOf(site).signal(stopWatching), undefined);
      await ifThere(() => client.schedule.getHandle(scheduleId(site)).delete(), undefined);
    },
  };

  async function ensureSweeping(site: string): Promise<void> {
    const { hour, jitter, catchupWindow } = sweepAt;
    try {
      await client.schedule.create({
        scheduleId: scheduleId(site),
        spec: { calendars: [{ hour }], jitter },
        policies: { overlap: 'SKIP', catchupWindow },
        action: {
          type: 'startWorkflow',
          workflowType: 'dailySweep',
          workflowId: `${site}/daily-sweep`,
          taskQueue: engineQueue,
          args: [{ site }],
          memo: { ...memo },
          staticSummary: `Daily sweep of ${site}`,
          staticDetails: inTheConsole(memo.consoleUrl, site, '/runs'),
          typedSearchAttributes: ofSite(site),
        },
      });
    } catch (error) {
      if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    }
  }
}

async function ifThere<T>(call: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof WorkflowNotFoundError || error instanceof ScheduleNotFoundError) return otherwise;
    throw error;
  }
}
