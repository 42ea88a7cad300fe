/** Our workflows on a real server, over activities that a test scripts. A namespace of its own keeps tests apart. */
import { randomBytes } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { temporal } from '@temporalio/proto';
import type { Activities } from '../../src/activities/create-activities';
import { apiQueue, engineQueue } from '../../src/workflows/queues';
import { temporalAddress } from './temporal';

export type Script = Partial<Activities>;

export interface ScriptedWorker {
  readonly client: Client;
  stop(): Promise<void>;
}

const quiet = new DefaultLogger('ERROR');
Runtime.install({ logger: quiet });

let bundle: Promise<{ readonly code: string }> | undefined;

export async function startScriptedWorker(script: Script): Promise<ScriptedWorker> {
  bundle ??= bundleWorkflowCode({
    workflowsPath: require.resolve('../../src/workflows/index.ts'),
    logger: quiet,
  });
  const address = temporalAddress();
  const namespace = `test-${randomBytes(4).toString('hex')}`;
  const connection = await Connection.connect({ address });
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: { seconds: 86_400 as never },
  });
  await registerAttributes(connection, namespace);
  const native = await NativeConnection.connect({ address });
  const shared = { connection: native, namespace, activities: script };
  const workers = [
    await untilKnown(async () =>
      Worker.create({ ...shared, taskQueue: engineQueue, workflowBundle: await bundled() }),
    ),
    ...(await Promise.all(
      Object.values(apiQueue).map((taskQueue) => Worker.create({ ...shared, taskQueue })),
    )),
  ];
  const running = workers.map((worker) => worker.run());
  return {
    client: new Client({ connection, namespace }),
    async stop() {
      for (const worker of workers) worker.shutdown();
      await Promise.all(running);
      await native.close();
      await connection.close();
    },
  };
}

async function bundled(): Promise<{ readonly code: string }> {
  if (bundle === undefined) throw new Error('No bundle was begun.');
  return bundle;
}

async function registerAttributes(connection: Connection, namespace: string): Promise<void> {
  const keyword = temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD;
  await untilKnown(() =>
    connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: { Site: keyword, Kind: keyword },
    }),
  );
}

/** A new namespace is known to all of the server only after a moment. */
async function untilKnown<T>(call: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await call();
    } catch (error) {
      if (tries > 100 || !/not found/i.test(String(error))) throw error;
      await new Promise((done) => setTimeout(done, 100));
    }
  }
}
