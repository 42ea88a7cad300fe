/** One link's workflow, as the Temporal client (`client.ts`) starts it, signals it and has it carry out operations. */
import {
  WithStartWorkflowOperation,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  type Client,
} from '@temporalio/client';
import { TypedSearchAttributes, type SignalDefinition } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import type { Kind, Side } from './domain/record';
import type { DueLink } from './ports/due';
import type { Operation, OperationResult } from './ports/operations';
import {
  changed,
  deskDeleted,
  operationUpdates,
  teamworkDeleted,
  type EntityInput,
  type Hint,
} from './workflows/messages';
import { inTheConsole } from './workflows/console-page';
import { engineQueue } from './workflows/queues';
import { attribute } from './workflows/search-attributes';

export function entityWorkflowId(site: string, kind: Kind, link: number): string {
  return `${site}/${kind}/${link}`;
}

/** Its message says why, and whose move is next. */
export class NotCarriedOut extends Error {
  override readonly name = 'NotCarriedOut';
}

/** One run of a workflow, as plain data from which `History.fromObject` makes it again. */
export interface WorkflowHistory {
  readonly workflowId: string;
  readonly runId: string;
  readonly history: Readonly<Record<string, unknown>>;
}

/** What workflows take their timeouts from, and where they say the console is. */
export interface Memo {
  readonly heartbeatTimeoutMs: number;
  readonly consoleUrl?: string;
}

const entityWorkflow: Readonly<Record<Kind, string>> = { company: 'syncCompany', customer: 'syncCustomer' };

const deletedOn: Readonly<Record<Side, SignalDefinition>> = {
  teamwork: teamworkDeleted,
  desk: deskDeleted,
};

/** A start that takes longer is given up; whoever asked for it asks again. */
const startWithinMs = 10_000;
/** How long an operator waits for the link's present turn to end. */
const operatorWaitsMs = 60_000;

export async function operateEntity(
  client: Client,
  memo: Memo,
  input: EntityInput,
  operation: Operation,
): Promise<OperationResult> {
  const start = new WithStartWorkflowOperation(entityWorkflow[input.kind], {
    ...entityOptions(input, 2, memo),
    args: [input],
    workflowIdConflictPolicy: 'USE_EXISTING',
  });
  try {
    return await client.withDeadline(Date.now() + operatorWaitsMs, () =>
      client.workflow.executeUpdateWithStart(operationUpdates[operation.verb], {
        args: [operation],
        startWorkflowOperation: start,
      }),
    );
  } catch (error) {
    if (!(error instanceof WorkflowUpdateRPCTimeoutOrCancelledError)) throw error;
    throw new NotCarriedOut(
      `Link ${input.link} is still at work, perhaps because its API does not answer; what you asked for waits for that, or was not taken. \`explain\` shows how it stands.`,
    );
  }
}

/** What every start of an entity has in common. */
function entityOptions({ site, kind, link }: EntityInput, priorityKey: number, memo: Memo) {
  return {
    workflowId: entityWorkflowId(site, kind, link),
    taskQueue: engineQueue,
    priority: { priorityKey, fairnessKey: site },
    memo: { ...memo },
    staticSummary: `Keeps ${kind} link ${link} of ${site} in step`,
    staticDetails:
      'One run takes what was told of the link until then: it reads, decides, writes and ends. ' +
      'Its attributes are of its end; how the link stands now is in the console and in ' +
      `\`explain ${link} --site ${site}\`.\n\n${inTheConsole(memo.consoleUrl, site, `/links/${link}`)}`,
    typedSearchAttributes: new TypedSearchAttributes([
      { key: attribute.site, value: site },
      { key: attribute.kind, value: kind },
    ]),
  };
}

export async function startEntity(client: Client, memo: Memo, site: string, due: DueLink): Promise<void> {
  const { link, kind, read, deleted, priority, run, plan } = due;
  const input: EntityInput = { site, kind, link };
  const hint: Hint = { read, priority, run, ...(plan === null ? {} : { plan }) };
  const type = entityWorkflow[kind];
  const options = { ...entityOptions(input, priority, memo), args: [input] };
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

export async function entityHistories(
  client: Client,
  { site, kind, link }: EntityInput,
  limit: number,
): Promise<readonly WorkflowHistory[]> {
  const query = `WorkflowId = "${entityWorkflowId(site, kind, link)}"`;
  const found: WorkflowHistory[] = [];
  for await (const { workflowId, runId } of client.workflow.list({ query })) {
    if (found.length === limit) break;
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    found.push({ workflowId, runId, history: historyAsJson(history) });
  }
  return found;
}

const { History } = temporal.api.history.v1;

/** Bytes, enums and long numbers as text, as `History.fromObject` takes them again. */
export function historyAsJson(history: temporal.api.history.v1.IHistory): WorkflowHistory['history'] {
  return History.toObject(History.fromObject(history), { bytes: String, enums: String, longs: String });
}
