import type { WatchEnd, WatchTask } from '../../src/activities/watch';
import type { WatchIntervals } from '../../src/ports/watch';
import { pollNow, reconfigureWatch, stopWatching, watchQuery } from '../../src/workflows/messages';
import { engineQueue } from '../../src/workflows/queues';
import { Context } from '@temporalio/activity';
import { startScriptedWorker, type ScriptedWorker } from '../support/scripted-worker';
import { until } from '../support/until';

const minute = 60_000;
const every: WatchIntervals = {
  ...{ deskCompaniesMs: minute / 4, changesMs: minute, listingsMs: 10 * minute },
  ...{ wakeMs: minute / 12, epochMs: minute },
};

describe('WatchSite', () => {
  let worker: ScriptedWorker;
  let tasks: WatchTask[];
  let release: (end: WatchEnd) => void;
  afterEach(() => worker.stop());

  /** Watches until it is released or cancelled; a look ends at once. */
  async function watch(task: WatchTask): Promise<WatchEnd> {
    tasks.push(task);
    if (task.once) return { epoch: task.epoch, gone: false };
    const beat = setInterval(() => Context.current().heartbeat(), 50);
    try {
      return await Promise.race([
        new Promise<WatchEnd>((done) => (release = done)),
        Context.current().cancelled.catch(() => ({ epoch: task.epoch + 100, gone: false })),
      ]);
    } finally {
      clearInterval(beat);
    }
  }

  async function start() {
    tasks = [];
    worker = await startScriptedWorker({ watch });
    const handle = await worker.client.workflow.start('watchSite', {
      workflowId: 'acme/watch',
      taskQueue: engineQueue,
      args: [{ site: 'acme', every }],
      memo: { heartbeatTimeoutMs: 500 },
    });
    await until(() => tasks.length === 1);
    return handle;
  }

  test('one activity makes the polls; when it ends it is begun again and remembers the epoch', async () => {
    const handle = await start();
    expect(tasks).toEqual([{ site: 'acme', every, epoch: 0 }]);
    release({ epoch: 7, gone: false });
    await until(() => tasks.length === 2);
    expect(tasks[1]).toEqual({ site: 'acme', every, epoch: 7 });
    expect(await handle.query(watchQuery)).toEqual({ epoch: 7, every });
  });

  test('asked to, looks at all of it at once, beside the watch', async () => {
    const handle = await start();
    await handle.signal(pollNow);
    await until(() => tasks.length === 2);
    expect(tasks[1]).toEqual({ site: 'acme', every, epoch: 0, once: true });
  });

  test('other intervals begin the watch again, with the epoch as it was left; the same ones do not', async () => {
    const handle = await start();
    await handle.signal(reconfigureWatch, every);
    const changed = { ...every, changesMs: 2 * minute };
    await handle.signal(reconfigureWatch, changed);
    await until(() => tasks.length >= 2);
    expect(tasks.slice(1)).toEqual([{ site: 'acme', every: changed, epoch: 100 }]);
  });

  test('continued as new it keeps intervals and epoch', async () => {
    const handle = await start();
    release({ epoch: 7, gone: false });
    await until(() => tasks.length === 2);
    const { runId } = await handle.describe();
    // The server proposes it when a history has grown to 4 MB.
    const weight = 'x'.repeat(200_000);
    for (let sent = 0; sent < 25; sent++) await handle.signal('unknown', weight);
    await until(async () => (await handle.describe()).runId !== runId);
    await until(() => tasks.length === 3);
    expect(tasks[2]).toEqual({ site: 'acme', every, epoch: 107 });
  });

  test('ends when it is told to, and when there is no such site any more', async () => {
    const handle = await start();
    await handle.signal(stopWatching);
    await handle.result();
    await worker.stop();
    const other = await start();
    release({ epoch: 1, gone: true });
    await other.result();
  });
});
