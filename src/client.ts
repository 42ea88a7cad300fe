/** Workflow ids and typed start, signal and query functions: the only Temporal client. */
import { Client, Connection, WorkflowNotFoundError } from '@temporalio/client';
import { defineSearchAttributeKey, TypedSearchAttributes, type SignalDefinition } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import type { Kind, Side } from './domain/record';
import type { DueLink, EntityStarter } from './ports/due';
import type { RunMode } from './ports/runs';
import { apiQueue, engineQueue } from './workflows/queues';
import {
  cancelRun,
  changed,
  deskDeleted,
  pauseRun,
  progressQuery,
  resumeRun,
  teamworkDeleted,
  type EntityInput,
  type Hint,
  type InitialSyncInput,
  type InitialSyncState,
} from './workflows/messages';

export const siteAttribute = defineSearchAttributeKey('Site', 'KEYWORD');
export const kindAttribute = defineSearchAttributeKey('Kind', 'KEYWORD');

export function entityWorkflowId(site: string, kind: Kind, link: number): string {
  return `${site}/${kind}/${link}`;
}

/** A plan never stands in the way of a sync: they have ids of their own. */
export function runWorkflowId(site: string, mode: RunMode): string {
  return mode === 'plan' ? `${site}/plan` : `${site}/initial-sync`;
}

export interface TemporalOptions {
  readonly address: string;
  readonly namespace: string;
  /** How long a worker may be silent before its work is given to another, in milliseconds. */
  readonly heartbeatTimeoutMs: number;
}

export interface SyncClient {
  readonly entities: EntityStarter;
  /** Starts the run, or joins the one that runs. Answers the run's id: the id of its first Temporal run. */
  startRun(site: string, mode: RunMode): Promise<string>;
  /** Each answers false when no such run is open. */
  pauseRun(site: string, mode: RunMode): Promise<boolean>;
  resumeRun(site: string, mode: RunMode): Promise<boolean>;
  cancelRun(site: string, mode: RunMode): Promise<boolean>;
  /** What the workflow knows of itself; null when none is open. Needs a worker. */
  runState(site: string, mode: RunMode): Promise<InitialSyncState | null>;
  /** By task queue, how many pollers were there within the last poll's time; 0: nobody works at that queue. */
  pollers(): Promise<ReadonlyMap<string, number>>;
  close(): Promise<void>;
}

/** A poll waits up to a minute; a poller that has not come back after that is gone. */
const pollerSeenWithinMs = 75_000;

/** Connects now, or fails; `lazily` connects at the first call, and again whenever Temporal comes back. */
export async function connectTemporal(options: TemporalOptions, lazily = false): Promise<SyncClient> {
  const { address } = options;
  const connection = lazily
    ? Connection.lazy({ address })
    : await Connection.connect({ address, connectTimeout: '5 s' });
  const client = new Client({ connection, namespace: options.namespace });
  const memo = { heartbeatTimeoutMs: options.heartbeatTimeoutMs };

  const signalRun = (signal: SignalDefinition) => (site: string, mode: RunMode) =>
    orFalse(client.workflow.getHandle(runWorkflowId(site, mode)).signal(signal));

  return {
    entities: { start: (site, due) => startEntity(client, memo, site, due) },

    async startRun(site, mode) {
      const input: InitialSyncInput = { site, mode };
      const handle = await client.workflow.start('initialSync', {
        workflowId: runWorkflowId(site, mode),
        taskQueue: engineQueue,
        args: [input],
        memo,
        workflowIdConflictPolicy: 'USE_EXISTING',
        staticSummary: mode === 'plan' ? `Plan for ${site}` : `InitialSync of ${site}`,
        typedSearchAttributes: new TypedSearchAttributes([{ key: siteAttribute, value: site }]),
      });
      // Joining one that was continued as new answers its present run, not its first.
      const { raw } = await handle.describe();
      return raw.workflowExecutionInfo?.firstRunId ?? handle.firstExecutionRunId;
    },

    pauseRun: signalRun(pauseRun),
    resumeRun: signalRun(resumeRun),
    cancelRun: signalRun(cancelRun),

    async runState(site, mode) {
      const handle = client.workflow.getHandle(runWorkflowId(site, mode));
      const { status } = await handle.describe();
      return status.name === 'RUNNING' ? handle.query(progressQuery) : null;
    },

    async pollers() {
      const queues = [engineQueue, ...Object.values(apiQueue)];
      return new Map(
        await Promise.all(
          queues.map(async (queue): Promise<[string, number]> => [queue, await countPollers(queue)]),
        ),
      );
    },

    close: () => connection.close(),
  };

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

/** What workflows take their timeouts from. */
type Memo = Pick<TemporalOptions, 'heartbeatTimeoutMs'>;

const entityWorkflow: Readonly<Record<Kind, string>> = { company: 'syncCompany', customer: 'syncCustomer' };

const deletedOn: Readonly<Record<Side, SignalDefinition>> = {
  teamwork: teamworkDeleted,
  desk: deskDeleted,
};

/** A start that takes longer is given up; whoever asked for it asks again. */
const startWithinMs = 10_000;

async function startEntity(client: Client, memo: Memo, site: string, due: DueLink): Promise<void> {
  const { link, kind, read, deleted, priority, run, plan } = due;
  const input: EntityInput = { site, kind, link };
  const hint: Hint = { read, priority, run, ...(plan === null ? {} : { plan }) };
  const type = entityWorkflow[kind];
  const options = {
    workflowId: entityWorkflowId(site, kind, link),
    taskQueue: engineQueue,
    args: [input],
    memo,
    priority: { priorityKey: priority, fairnessKey: site },
    typedSearchAttributes: new TypedSearchAttributes([
      { key: siteAttribute, value: site },
      { key: kindAttribute, value: kind },
    ]),
  };
  await client.connection.withDeadline(Date.now() + startWithinMs, async () => {
    // The hint covers the reads that the deletions ask for: first, so that nothing is lost when only it arrives.
    if (!saysItAll(due)) {
      await client.workflow.signalWithStart(type, { ...options, signal: changed, signalArgs: [hint] });
    }
    for (const side of deleted) {
      await client.workflow.signalWithStart(type, { ...options, signal: deletedOn[side] });
    }
  });
}

/** Whether the signal of its one deletion is all that the workflow has to be told. */
function saysItAll({ read, deleted, run, plan }: DueLink): boolean {
  return (
    deleted.length === 1 && run === null && plan === null && read.every((side) => deleted.includes(side))
  );
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
