import type { PollInput, PollResult } from '../../src/activities/poll';
import { pollNow, reconfigureWatch, stopWatching, watchQuery } from '../../src/workflows/messages';
import type { WatchIntervals } from '../../src/workflows/messages';
import { engineQueue } from '../../src/workflows/queues';
import { startScriptedWorker, type Script, type ScriptedWorker } from '../support/scripted-worker';
import { until } from '../support/until';

const never = 3_600_000;
const quick = 50;
const idle: WatchIntervals = {
  ...{ deskCompaniesMs: never, changesMs: never, listingsMs: never },
  ...{ wakeMs: never, epochMs: never },
};
const done: PollResult = { done: true, news: 0 };

describe('WatchSite', () => {
  let worker: ScriptedWorker;
  let polled: string[];
  let probes: number;
  let started: number;
  let remembered: number[];
  let hookChecks: number;
  afterEach(() => worker.stop());

  async function start(script: Script = {}, every = idle) {
    polled = [];
    remembered = [];
    probes = started = hookChecks = 0;
    worker = await startScriptedWorker({
      poll: (input) => (polled.push(nameOf(input)), Promise.resolve(done)),
      probeAccounts: () => ((probes += 1), Promise.resolve('same')),
      checkHooks: () => ((hookChecks += 1), Promise.resolve()),
      startDue: () => ((started += 1), Promise.resolve({ started: 0 })),
      raiseEpoch: (input) => (remembered.push(input.remembered), Promise.resolve(input.remembered + 1)),
      ...script,
    });
    return worker.client.workflow.start('watchSite', {
      workflowId: 'acme/watch',
      taskQueue: engineQueue,
      args: [{ site: 'acme', every }],
    });
  }
  const nameOf = ({ side, kind, news }: PollInput) => `${side} ${kind} ${news}`;
  const times = (name: string) => polled.filter((one) => one === name).length;

  test('looks at once for everything that there is news of, after one probe of both accounts (R29)', async () => {
    await start();
    await until(() => polled.length === 9);
    expect(polled.sort()).toEqual([
      'desk company changed',
      'desk company deleted',
      'desk company listed',
      'desk customer changed',
      'desk customer deleted',
      'teamwork company changed',
      'teamwork company listed',
      'teamwork customer changed',
      'teamwork customer deleted',
    ]);
    expect(probes).toBe(1);
  });

  test('each poll goes by its own interval, and by new ones once told', async () => {
    const handle = await start({}, { ...idle, deskCompaniesMs: quick });
    await until(() => times('desk company changed') >= 3);
    expect(times('desk customer changed')).toBe(1);
    await handle.signal(reconfigureWatch, { ...idle, changesMs: quick });
    await until(() => times('desk customer changed') >= 3 && times('teamwork customer deleted') >= 3);
    expect((await handle.query(watchQuery)).every.changesMs).toBe(quick);
  });

  test('asked to, polls all of it now', async () => {
    const handle = await start();
    await until(() => polled.length === 9);
    await handle.signal(pollNow);
    await until(() => polled.length === 18);
  });

  test('B1: looks at the webhooks as often as at whole listings', async () => {
    await start({}, { ...idle, listingsMs: quick });
    await until(() => hookChecks >= 3);
  });

  test('what a poll brings is started at once', async () => {
    await start({
      poll: (input) =>
        Promise.resolve(nameOf(input) === 'desk company changed' ? { done: true, news: 1 } : done),
    });
    await until(() => started >= 2);
  });

  test('R29 where another account answers nothing is polled, until the probe is content', async () => {
    let same = false;
    await start(
      { probeAccounts: () => ((probes += 1), Promise.resolve(same ? 'same' : 'stopped')) },
      { ...idle, deskCompaniesMs: quick },
    );
    await until(() => probes >= 3);
    expect(polled).toEqual([]);
    same = true;
    await until(() => times('desk company changed') >= 2);
  });

  test('R29 a site that was frozen is probed again before it is polled', async () => {
    let frozen = true;
    const handle = await start(
      {
        poll: (input) => {
          polled.push(nameOf(input));
          return Promise.resolve(frozen ? { done: false as const, why: 'frozen' as const } : done);
        },
      },
      { ...idle, deskCompaniesMs: quick },
    );
    await until(() => probes >= 3);
    frozen = false;
    await until(async () => (await handle.query(watchQuery)).polls['desk company changed'] === 'done');
    expect((await handle.query(watchQuery)).trusted).toBe(true);
  });

  test('a poll that hangs holds up no other', async () => {
    let release: (result: PollResult) => void = () => undefined;
    const hanging = new Promise<PollResult>((resolve) => (release = resolve));
    await start(
      {
        poll: (input) => {
          polled.push(nameOf(input));
          return input.side === 'teamwork' ? hanging : Promise.resolve(done);
        },
      },
      { ...idle, deskCompaniesMs: quick, changesMs: quick },
    );
    await until(() => times('desk customer deleted') >= 3);
    expect(times('teamwork customer changed')).toBe(1);
    release(done);
  });

  test('the epoch is remembered here, outside the database', async () => {
    const handle = await start({}, { ...idle, epochMs: quick });
    await until(() => remembered.length >= 3);
    expect(remembered.slice(0, 3)).toEqual([0, 1, 2]);
    expect((await handle.query(watchQuery)).epoch).toBeGreaterThanOrEqual(3);
  });

  test('continued as new it keeps intervals and epoch, and polls anew what was under way', async () => {
    let release: (result: PollResult) => void = () => undefined;
    const hanging = new Promise<PollResult>((resolve) => (release = resolve));
    const handle = await start(
      {
        poll: (input) => {
          polled.push(nameOf(input));
          return times('desk company changed') === 1 && nameOf(input) === 'desk company changed'
            ? hanging
            : Promise.resolve(done);
        },
      },
      { ...idle, epochMs: quick },
    );
    const intervals = { ...idle, epochMs: quick, changesMs: never - 1 };
    await handle.signal(reconfigureWatch, intervals);
    await until(() => remembered.length >= 3 && times('desk customer changed') >= 1);
    const { runId } = await handle.describe();
    const raisedBefore = remembered.at(-1) ?? 0;
    // The server proposes it when a history has grown to 4 MB.
    const weight = 'x'.repeat(200_000);
    for (let sent = 0; sent < 25; sent++) await handle.signal('pollNow', weight);
    await until(async () => (await handle.describe()).runId !== runId);

    await until(() => times('desk company changed') >= 2);
    await until(() => (remembered.at(-1) ?? 0) > raisedBefore);
    expect(remembered).toEqual([...remembered].sort((one, other) => one - other));
    await until(async () => (await handle.query(watchQuery)).polls['desk company changed'] === 'done');
    expect(await handle.query(watchQuery)).toMatchObject({ trusted: true, every: intervals });
    release(done);
  });

  test('ends when it is told to, and when there is no such site any more', async () => {
    const handle = await start();
    await handle.signal(stopWatching);
    await handle.result();
    await worker.stop();
    await (await start({ raiseEpoch: () => Promise.resolve(null) })).result();
  });
});
