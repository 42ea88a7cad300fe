/** Composition root of the worker: config, ports, activities, one Temporal worker per task queue. */
import type { Info } from '@temporalio/activity';
import {
  NativeConnection,
  Worker,
  type ActivityInboundCallsInterceptor,
  type WorkerOptions,
} from '@temporalio/worker';
import { createActivities } from './activities/create-activities';
import { accessTo } from './client';
import { ConfigError, readConfig } from './config';
import { engineSettings, openEngine } from './engine';
import { fewAtOnce } from './few-at-once';
import { createLogger, installTemporalLogger } from './logging';
import { workflowAtWork } from './store/workflow-at-work';
import { answerForHealth } from './worker-health';
import { apiQueue, engineQueue, watchQueue } from './workflows/queues';

/** A cached entity workflow weighs about 0.4 MB; open ones beyond this are replayed when they wake. */
const maxCachedWorkflows = 500;
/** Each watch keeps its slot for as long as it lasts: more sites wait until one ends. */
const mostWatches = 2_000;
/** Of a thousand sites one after the other would take half a minute. */
const ensuredAtOnce = 16;
const shutdown = { shutdownGraceTime: '2 s', shutdownForceTime: '45 s' } as const;

async function main(): Promise<void> {
  const config = readConfig();
  const log = createLogger(config.logLevel);
  installTemporalLogger(log);
  const engine = await openEngine(engineSettings(config));
  const missing = await engine.client.missingAttributes();
  if (missing.length > 0) throw new ConfigError(missing.map(attributeProblem(engine.temporal.namespace)));
  const connection = await NativeConnection.connect(accessTo(engine.temporal));
  const shared: Pick<WorkerOptions, 'connection' | 'namespace' | 'activities' | 'interceptors'> &
    typeof shutdown = {
    connection,
    namespace: engine.temporal.namespace,
    // As long as the shortest of the polls' intervals.
    activities: createActivities({
      ...engine,
      accountsHoldForMs: engine.temporal.pollMs / 4,
      pollsPerSecond: config.pollsPerSecond,
    }),
    interceptors: { activity: [({ info }) => ({ inbound: ofItsRun(info.workflowExecution) })] },
    ...shutdown,
  };
  const workers = await Promise.all([
    Worker.create({
      ...shared,
      taskQueue: engineQueue,
      workflowsPath: require.resolve('./workflows/index'),
      maxCachedWorkflows,
      reuseV8Context: true,
    }),
    ...Object.values(apiQueue).map((taskQueue) =>
      Worker.create({ ...shared, taskQueue, maxConcurrentActivityTaskExecutions: config.workerSlots }),
    ),
    Worker.create({ ...shared, taskQueue: watchQueue, maxConcurrentActivityTaskExecutions: mostWatches }),
  ]);
  // A watch outlives its workers; one that was lost with an older Temporal begins anew.
  await fewAtOnce(await engine.store.sites(), ensuredAtOnce, ({ id }) => engine.client.ensureWatching(id));
  const { host, workerHealthPort: port } = config;
  const isWorking = () => workers.every((worker) => worker.getState() === 'RUNNING');
  const health = port === undefined ? null : await answerForHealth({ host, port }, isWorking);
  process.send?.('ready');
  log.info({ queues: [engineQueue, ...Object.values(apiQueue), watchQueue] }, 'worker ready');
  try {
    await Promise.all(workers.map((worker) => worker.run()));
  } finally {
    await health?.close();
    await connection.close();
    await engine.close();
  }
}

/** What an activity tells the journal is told as its workflow's. */
function ofItsRun(execution: Info['workflowExecution']): ActivityInboundCallsInterceptor {
  return {
    execute: (input, next) =>
      execution === undefined
        ? next(input)
        : workflowAtWork.run({ id: execution.workflowId, run: execution.runId }, () => next(input)),
  };
}

const attributeProblem = (namespace: string) => (name: string) =>
  `The Temporal namespace ${namespace} lacks the search attribute ${name} (Keyword): make it with \`temporal operator search-attribute create --namespace ${namespace} --name ${name} --type Keyword\``;

main().catch((error: unknown) => {
  createLogger('error').error({ err: error }, 'worker stopped');
  process.exit(3);
});
