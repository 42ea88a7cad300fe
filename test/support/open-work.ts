/** What a stack is at: its open workflows with the activities they wait for, and the store's queue of work. For an error message. */
import { Client, Connection } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { Client as Postgres } from 'pg';

const { PendingActivityState } = temporal.api.enums.v1;

export async function openWork(at: { databaseUrl: string; temporalAddress: string }): Promise<string> {
  const [workflows, queue] = await Promise.all([
    openWorkflows(at.temporalAddress),
    queueOfWork(at.databaseUrl),
  ]);
  return [...workflows, ...queue].join('\n');
}

async function openWorkflows(address: string): Promise<readonly string[]> {
  const connection = await Connection.connect({ address });
  try {
    const client = new Client({ connection }).workflow;
    const lines: string[] = [];
    for await (const { workflowId } of client.list({ query: "ExecutionStatus = 'Running'" })) {
      const { raw } = await client.getHandle(workflowId).describe();
      lines.push(`${workflowId} at event ${String(raw.workflowExecutionInfo?.historyLength)}`);
      const task = raw.pendingWorkflowTask;
      if (task) lines.push(`  workflow task, attempt ${task.attempt ?? 0}, state ${task.state ?? 0}`);
      for (const activity of raw.pendingActivities ?? []) {
        const { activityType, attempt, state, lastFailure } = activity;
        const last = lastFailure?.message ? `, last: ${lastFailure.message}` : '';
        lines.push(
          `  ${activityType?.name ?? ''} ${PendingActivityState[state ?? 0]}, attempt ${attempt ?? 0}${last}`,
        );
      }
    }
    return lines;
  } finally {
    await connection.close();
  }
}

async function queueOfWork(databaseUrl: string): Promise<readonly string[]> {
  const db = new Postgres({ connectionString: databaseUrl });
  await db.connect();
  try {
    const due = await db.query(
      `select link, kind, at - now() as until, now() - dispatched_at as dispatched, generation, claimed_generation, run from due`,
    );
    const intents = await db.query(`select link, state, count(*)::int from intents group by link, state`);
    return [
      ...due.rows.map((row) => `due ${JSON.stringify(row)}`),
      ...intents.rows.map((row) => `intents ${JSON.stringify(row)}`),
    ];
  } finally {
    await db.end();
  }
}
