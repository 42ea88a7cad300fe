/** What a stack of many sites holds, asked of Postgres and Temporal directly. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { Client as Postgres } from 'pg';
import type { Lab } from '../test/support/lab';
import { apiQueue, engineQueue, watchQueue } from '../src/workflows/queues';

const { TASK_QUEUE_TYPE_ACTIVITY, TASK_QUEUE_TYPE_WORKFLOW } = temporal.api.enums.v1.TaskQueueType;

export type StackMeasures = Awaited<ReturnType<typeof measureStack>>;

export async function measureStack(lab: Lab) {
  const postgres = new Postgres({ connectionString: lab.databaseUrl });
  await postgres.connect();
  const connection = await Connection.connect({ address: lab.temporalAddress });
  const { workflow } = new Client({ connection });

  return {
    runsFinished: () => one(`select count(*) as value from runs where state = 'finished'`),
    links: () => one(`select count(*) as value from links where phase <> 'broken'`),

    async now() {
      const databaseBytes = await one('select pg_database_size(current_database()) as value');
      const { count } = await workflow.count("ExecutionStatus = 'Running'");
      let events = 0;
      for await (const { historyLength } of workflow.list({ query: "WorkflowType = 'watchSite'" }))
        events += historyLength;
      return { databaseBytes, temporalBytes: temporalBytes(lab.dataDir), openWorkflows: count, events };
    },

    /** As many as the times between the latest two of each come to. */
    pollsPerSecond: () =>
      one('select coalesce(sum(1 / extract(epoch from came_after)), 0) as value from watched'),

    /** How much later than asked polls come, by what was asked. */
    async intervals() {
      const { rows } = await postgres.query<{ askedSeconds: number; p50: number; p99: number }>(`
        select extract(epoch from asked_every)::int as "askedSeconds",
          percentile_cont(0.5) within group (order by extract(epoch from came_after) / extract(epoch from asked_every)) as p50,
          percentile_cont(0.99) within group (order by extract(epoch from came_after) / extract(epoch from asked_every)) as p99
        from watched where came_after is not null and news <> 'listed' group by 1 order by 1`);
      return rows;
    },

    /** Tasks that wait for a worker, of all queues. */
    async backlog() {
      const queues = [engineQueue, watchQueue, ...Object.values(apiQueue)];
      const asked = queues.flatMap((name) =>
        [TASK_QUEUE_TYPE_ACTIVITY, TASK_QUEUE_TYPE_WORKFLOW].map(async (taskQueueType) => {
          const { stats } = await connection.workflowService.describeTaskQueue({
            namespace: 'default',
            taskQueue: { name },
            taskQueueType,
            reportStats: true,
          });
          return Number(stats?.approximateBacklogCount ?? 0);
        }),
      );
      return (await Promise.all(asked)).reduce((sum, count) => sum + count, 0);
    },

    async close() {
      await connection.close();
      await postgres.end();
    },
  };

  async function one(query: string): Promise<number> {
    const { rows } = await postgres.query<{ value: string }>(query);
    return Number(rows[0]?.value);
  }
}

function temporalBytes(dataDir: string): number {
  return readdirSync(dataDir)
    .filter((name) => name.startsWith('temporal.db'))
    .reduce((sum, name) => sum + statSync(join(dataDir, name)).size, 0);
}
