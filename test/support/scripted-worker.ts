/** Our workflows on a real server, over activities that a test scripts. A namespace of its own keeps tests apart. */
import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import type { Activities } from '../../src/activities/create-activities';
import { apiQueue, engineQueue, watchQueue } from '../../src/workflows/queues';
import { newNamespace, untilKnown } from './namespace';
import { temporalAddress } from './temporal';

export type Script = Partial<Activities>;

export interface ScriptedWorker {
  readonly client: Client;
  readonly namespace: string;
  stop(): Promise<void>;
}

const quiet = new DefaultLogger('ERROR');
Runtime.install({ logger: quiet });

let bundle: Promise<{ readonly code: string }> | undefined;

export interface ScriptedOptions {
  /** Of a worker before it; a new one unless given. */
  readonly namespace?: string;
  /** Other workflow code than the present. */
  readonly code?: { readonly code: string } | undefined;
}

export async function startScriptedWorker(
  script: Script,
  options: ScriptedOptions = {},
): Promise<ScriptedWorker> {
  bundle ??= bundleWorkflowCode({
    workflowsPath: require.resolve('../../src/workflows/index.ts'),
    logger: quiet,
  });
  const address = temporalAddress();
  const connection = await Connection.connect({ address });
  const namespace = options.namespace ?? (await newNamespace(connection));
  const native = await NativeConnection.connect({ address });
  const shared = { connection: native, namespace, activities: script };
  const workers = [
    await untilKnown(async () =>
      Worker.create({ ...shared, taskQueue: engineQueue, workflowBundle: options.code ?? (await bundled()) }),
    ),
    ...(await Promise.all(
      [...Object.values(apiQueue), watchQueue].map((taskQueue) => Worker.create({ ...shared, taskQueue })),
    )),
  ];
  const running = workers.map((worker) => worker.run());
  return {
    client: new Client({ connection, namespace }),
    namespace,
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
