/** C4: what was open when a new version was deployed goes on on it, with the workflow code of before and that of now. */
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import type { Decided } from '../../src/activities/decide';
import type { WatchTask } from '../../src/activities/watch';
import { changed, type WatchInput } from '../../src/workflows/messages';
import { engineQueue } from '../../src/workflows/queues';
import { startScriptedWorker, type ScriptedWorker } from '../support/scripted-worker';
import { until } from '../support/until';

const workflowsPath = require.resolve('../../src/workflows/index.ts');

/** The workflow code as it was before runs told how their link stood, and a watch's polls moved into one activity. */
const ofBefore = () =>
  bundleWorkflowCode({
    workflowsPath,
    logger: new DefaultLogger('ERROR'),
    webpackConfigHook: (config) => ({
      ...config,
      resolve: {
        ...config.resolve,
        alias: {
          ...(config.resolve?.alias as Record<string, string> | undefined),
          [join(workflowsPath, '../tell-end.ts')]: require.resolve('../support/told-nothing.ts'),
          [join(workflowsPath, '../watch-site.ts')]: require.resolve('../support/watched-by-turns.ts'),
        },
      },
    }),
  });

const nothing: Decided = {
  ...{ link: 7, kind: 'customer', status: 'in_sync', reason: 'agreed', planId: null, steps: [] },
  ...{ readAgain: [], companyFirst: null, look: null },
};
const standing = { status: 'in_sync', reason: 'agreed', ids: { teamwork: '1', desk: '2' } } as const;
const link = { site: 'acme', kind: 'customer', link: 7 } as const;
const everyMs = { deskCompaniesMs: 50, changesMs: 50, listingsMs: 50, wakeMs: 50, epochMs: 50 };

describe('a deploy', () => {
  let worker: ScriptedWorker | undefined;
  afterEach(() => worker?.stop());

  const start = (before: ScriptedWorker) =>
    before.client.workflow.signalWithStart('syncCustomer', {
      ...{ workflowId: 'acme/customer/7', taskQueue: engineQueue, args: [link], signal: changed },
      signalArgs: [{ read: ['desk'], priority: 1, run: null }],
    });
  const upsertsOf = async (handle: Awaited<ReturnType<typeof start>>): Promise<number> => {
    const { events } = await handle.fetchHistory();
    return (events ?? []).filter((event) => event.upsertWorkflowSearchAttributesEventAttributes).length;
  };

  test.each(['forward', 'back'])(
    'a link whose turn is under way ends on the other version: %s',
    async (direction) => {
      const old = await ofBefore();
      const [code, next] = direction === 'forward' ? [old, undefined] : [undefined, old];
      let reads = 0;
      let decided = 0;
      const activities = {
        // The vendor answers when the version of before is gone.
        observe: () =>
          ++reads === 1 ? Promise.reject(new Error('away')) : Promise.resolve('present' as const),
        decide: () => {
          decided += 1;
          return Promise.resolve(nothing);
        },
        finishDue: () => Promise.resolve(standing),
      };
      const before = await startScriptedWorker(activities, { code });
      await start(before);
      await until(() => reads > 0);
      await before.stop();
      expect(decided).toBe(0);
      worker = await startScriptedWorker(activities, { code: next, namespace: before.namespace });
      await worker.client.workflow.getHandle('acme/customer/7').result();
      expect(decided).toBe(1);
      expect(await upsertsOf(worker.client.workflow.getHandle('acme/customer/7') as never)).toBe(
        direction === 'forward' ? 1 : 0,
      );
    },
  );

  test('the watch goes on where it was, and its polls move into one activity when it is continued as new', async () => {
    let epoch = 0;
    const watches: WatchTask[] = [];
    const activities = {
      probeAccounts: () => Promise.resolve('same' as const),
      poll: () => Promise.resolve({ done: true, news: 0 } as const),
      checkHooks: () => Promise.resolve(undefined as never),
      startDue: () => Promise.resolve(0 as never),
      raiseEpoch: ({ remembered }: { remembered: number }) => {
        // What is remembered by the workflow survives the deploy, or a restored database would go unnoticed.
        if (remembered < epoch) throw new Error(`${remembered} is remembered, and it was ${epoch}.`);
        epoch = remembered + 1;
        return Promise.resolve(epoch);
      },
      watch: (task: WatchTask) => {
        watches.push(task);
        return Promise.resolve({ epoch: task.epoch, gone: true });
      },
    };
    const before = await startScriptedWorker(activities, { code: await ofBefore() });
    const input: WatchInput = { site: 'acme', every: everyMs };
    const options = { workflowId: 'acme/watch', taskQueue: engineQueue, args: [input] };
    const begun = await before.client.workflow.start('watchSite', options);
    await until(() => epoch >= 3);
    await before.stop();
    const left = epoch;
    worker = await startScriptedWorker(activities, { namespace: before.namespace });
    await until(() => epoch >= left + 3);
    const handle = worker.client.workflow.getHandle('acme/watch');
    expect((await handle.describe()).runId).toBe(begun.firstExecutionRunId);
    expect(watches).toEqual([]);
    // The server proposes it when a history has grown to 4 MB.
    const weight = 'x'.repeat(200_000);
    for (let sent = 0; sent < 25; sent++) await handle.signal('unknown', weight);
    await handle.result();
    const [first] = watches;
    expect(first).toMatchObject({ site: 'acme', every: everyMs });
    // One may have been raised that the workflow had not heard of.
    expect(epoch - (first?.epoch ?? 0)).toBeLessThanOrEqual(1);
  });
});
