/** Workflow ids and typed start, signal, update and query functions: with `entity-client.ts` and `watch-client.ts` the only Temporal client. */
import {
  Client,
  Connection,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  type TLSConfig,
} from '@temporalio/client';
import type { SignalDefinition } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import { createCompany } from './company-client';
import type { Kind } from './domain/record';
import {
  entityHistories,
  entityWorkflowId,
  NotCarriedOut,
  operateEntity,
  startEntity,
  type Memo,
  type WorkflowHistory,
} from './entity-client';
import type { EntityStarter } from './ports/due';
import type { Operation, OperationResult } from './ports/operations';
import type { RunMode } from './ports/runs';
import { ofSite, watchClient, watchIntervals, type WatchClient } from './watch-client';
import { inTheConsole } from './workflows/console-page';
import { apiQueue, engineQueue, watchQueue } from './workflows/queues';
import { attribute } from './workflows/search-attributes';
import {
  cancelRun,
  pauseRun,
  progressQuery,
  resumeRun,
  stateQuery,
  type EntityState,
  type InitialSyncInput,
  type InitialSyncState,
  type NewCompanyResult,
} from './workflows/messages';

export { entityWorkflowId };

/** A plan or a sweep never stands in the way of an InitialSync: they have ids of their own. */
export function runWorkflowId(site: string, mode: RunMode): string {
  return `${site}/${mode === 'sync' ? 'initial-sync' : mode}`;
}

export interface TemporalOptions {
  readonly address: string;
  readonly namespace: string;
  /** Without it the way to Temporal is plain. */
  readonly tls?: TLSConfig;
  readonly apiKey?: string;
  /** How long a worker may be silent before its work is given to another, in milliseconds. */
  readonly heartbeatTimeoutMs: number;
  /** How often both sides are polled, in milliseconds. */
  readonly pollMs: number;
  /** Where people open the console, for what runs say of themselves. */
  readonly consoleUrl?: string;
}

/** As every connection to Temporal is opened, the worker's too. */
export function accessTo({ address, tls, apiKey }: TemporalOptions) {
  return { address, ...(tls === undefined ? {} : { tls }), ...(apiKey === undefined ? {} : { apiKey }) };
}

export type { WorkflowHistory };

export interface SyncClient extends WatchClient {
  readonly entities: EntityStarter;
  /**
   * Has the link's workflow carry out an operation, and answers what came of it. Throws `NotCarriedOut` when no worker is
   * there to do it, or when the link's present turn takes longer than an operator waits.
   */
  operate(site: string, kind: Kind, link: number, operation: Operation): Promise<OperationResult>;
  /** Has an order carried out; null when Desk has not answered within the time that an operator waits. Throws `NotCarriedOut`. */
  createCompany(site: string, order: string): Promise<NewCompanyResult | null>;
  /** What the link's workflow says of itself; null when none is open. Needs a worker. */
  entityState(site: string, kind: Kind, link: number): Promise<EntityState | null>;
  /** The link's workflow runs that Temporal still keeps, latest first. */
  histories(site: string, kind: Kind, link: number, limit: number): Promise<readonly WorkflowHistory[]>;
  /** Starts the run, or joins the one that runs. Answers the run's id: the id of its first Temporal run. */
  startRun(site: string, mode: RunMode): Promise<string>;
  /** Starts an InitialSync that carries out a plan. Answers its id; null when an InitialSync is open. */
  applyPlan(site: string, plan: string): Promise<string | null>;
  /** Each answers false when no such run is open. */
  pauseRun(site: string, mode: RunMode): Promise<boolean>;
  resumeRun(site: string, mode: RunMode): Promise<boolean>;
  cancelRun(site: string, mode: RunMode): Promise<boolean>;
  /** What the workflow knows of itself; null when none is open. Needs a worker. */
  runState(site: string, mode: RunMode): Promise<InitialSyncState | null>;
  /** Search attributes that the namespace lacks: no run could end without them. */
  missingAttributes(): Promise<readonly string[]>;
  /** By task queue, how many pollers were there within the last poll's time; 0: nobody works at that queue. */
  pollers(): Promise<ReadonlyMap<string, number>>;
  close(): Promise<void>;
}

const runTitle: Readonly<Record<RunMode, string>> = {
  sync: 'InitialSync of',
  plan: 'Plan for',
  sweep: 'Sweep of',
};

/** A poll waits up to a minute; a poller that has not come back after that is gone. */
const pollerSeenWithinMs = 75_000;

/** Connects now, or fails; `lazily` connects at the first call, and again whenever Temporal comes back. */
export async function connectTemporal(options: TemporalOptions, lazily = false): Promise<SyncClient> {
  const at = accessTo(options);
  const connection = lazily
    ? Connection.lazy(at)
    : await Connection.connect({ ...at, connectTimeout: '5 s' });
  const client = new Client({ connection, namespace: options.namespace });
  const { heartbeatTimeoutMs, consoleUrl } = options;
  const memo: Memo = { heartbeatTimeoutMs, ...(consoleUrl === undefined ? {} : { consoleUrl }) };

  const signalRun = (signal: SignalDefinition) => (site: string, mode: RunMode) =>
    orFalse(client.workflow.getHandle(runWorkflowId(site, mode)).signal(signal));

  return {
    entities: { start: (site, due) => startEntity(client, memo, site, due) },
    ...watchClient(client, { memo, every: watchIntervals(options.pollMs) }),

    async createCompany(site, order) {
      await refuseWithoutWorker();
      return createCompany(client, memo, site, order);
    },

    async operate(site, kind, link, operation) {
      await refuseWithoutWorker();
      return operateEntity(client, memo, { site, kind, link }, operation);
    },

    async entityState(site, kind, link) {
      const handle = client.workflow.getHandle(entityWorkflowId(site, kind, link));
      try {
        const { status } = await handle.describe();
        return status.name === 'RUNNING' ? await handle.query(stateQuery) : null;
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return null;
        throw error;
      }
    },

    histories: (site, kind, link, limit) => entityHistories(client, { site, kind, link }, limit),

    async startRun(site, mode) {
      const handle = await beginRun({ site, mode }, 'USE_EXISTING');
      // Joining one that was continued as new answers its present run, not its first.
      const { raw } = await handle.describe();
      return raw.workflowExecutionInfo?.firstRunId ?? handle.firstExecutionRunId;
    },

    async applyPlan(site, plan) {
      try {
        const handle = await beginRun({ site, mode: 'sync', applies: plan }, 'FAIL');
        return handle.firstExecutionRunId;
      } catch (error) {
        if (error instanceof WorkflowExecutionAlreadyStartedError) return null;
        throw error;
      }
    },

    pauseRun: signalRun(pauseRun),
    resumeRun: signalRun(resumeRun),
    cancelRun: signalRun(cancelRun),

    async runState(site, mode) {
      const handle = client.workflow.getHandle(runWorkflowId(site, mode));
      const { status } = await handle.describe();
      return status.name === 'RUNNING' ? handle.query(progressQuery) : null;
    },

    async missingAttributes() {
      const names = Object.values(attribute).map(({ name }) => name);
      const known = await Promise.all(names.map((name) => knows(client, name)));
      return names.filter((_name, index) => known[index] === false);
    },

    pollers: allPollers,

    close: () => connection.close(),
  };

  function beginRun(input: InitialSyncInput, ifOpen: 'USE_EXISTING' | 'FAIL') {
    const { site, mode } = input;
    return client.workflow.start(mode === 'sweep' ? 'sweep' : 'initialSync', {
      workflowId: runWorkflowId(site, mode),
      taskQueue: engineQueue,
      args: [input],
      memo: { ...memo },
      workflowIdConflictPolicy: ifOpen,
      staticSummary: `${runTitle[mode]} ${site}`,
      staticDetails: inTheConsole(consoleUrl, site, '/runs'),
      typedSearchAttributes: ofSite(site),
    });
  }

  async function refuseWithoutWorker(): Promise<void> {
    const pollers = await allPollers();
    if ([...pollers.values()].every((count) => count > 0)) return;
    throw new NotCarriedOut(
      'No worker is running, so nothing was done: `npm start` starts one. Ask again then.',
    );
  }

  async function allPollers(): Promise<ReadonlyMap<string, number>> {
    const queues = [engineQueue, ...Object.values(apiQueue), watchQueue];
    return new Map(
      await Promise.all(
        queues.map(async (queue): Promise<[string, number]> => [queue, await countPollers(queue)]),
      ),
    );
  }

  async function countPollers(name: string): Promise<number> {
    const { pollers } = await connection.workflowService.describeTaskQueue({
      namespace: options.namespace,
      taskQueue: { name },
      taskQueueType: temporal.api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY,
    });
    const oldest = Date.now() - pollerSeenWithinMs;
    return pollers.filter(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1_000 >= oldest)
      .length;
  }
}

async function orFalse(signalled: Promise<void>): Promise<boolean> {
  try {
    await signalled;
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

/** Asked of the list, for Temporal Cloud lets nobody else say which attributes there are. */
async function knows(client: Client, name: string): Promise<boolean> {
  try {
    await client.workflow.count(`${name} = 'x'`);
    return true;
  } catch (error) {
    if (/invalid search attribute|not defined|is not a valid/i.test(String((error as Error).cause ?? error)))
      return false;
    throw error;
  }
}
