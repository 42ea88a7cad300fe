import { MockActivityEnvironment } from '@temporalio/testing';
import { paceOf, type Pace } from '../../src/activities/pace';
import { tryAgainIn } from '../../src/activities/failures';
import type { PollInput, PollResult } from '../../src/activities/poll';
import { watchWith, type WatchEnd, type WatchPorts, type WatchTask } from '../../src/activities/watch';
import type { WatchIntervals } from '../../src/ports/watch';
import { until } from '../support/until';

const never = 3_600_000;
const quick = 20;
const idle: WatchIntervals = {
  ...{ deskCompaniesMs: never, changesMs: never, listingsMs: never },
  ...{ wakeMs: never, epochMs: never },
};
const done: PollResult = { done: true, news: 0 };
const unhindered: Pace = (_polls, work) => work();

describe('the watch of a site', () => {
  const polled: string[] = [];
  const remembered: number[] = [];
  let env: MockActivityEnvironment;
  let started: number;
  let hookChecks: number;
  let watching: Promise<WatchEnd>;
  afterEach(async () => {
    env.cancel();
    await watching;
  });

  const nameOf = ({ side, kind, news }: PollInput) => `${side} ${kind} ${news}`;
  const times = (name: string) => polled.filter((one) => one === name).length;

  function start(
    every: WatchIntervals = idle,
    ports: Partial<WatchPorts> = {},
    task: Partial<WatchTask> = {},
    details?: unknown,
  ) {
    polled.length = remembered.length = started = hookChecks = 0;
    env = new MockActivityEnvironment({ heartbeatDetails: details, heartbeatTimeoutMs: 1_000 });
    const watch = watchWith({
      store: {
        sitesWithWork: () => Promise.resolve(['acme']),
        raiseEpoch: (_site, epoch) => (remembered.push(epoch), Promise.resolve(epoch + 1)),
      },
      accounts: { provenSame: () => Promise.resolve(true) },
      poll: (input) => (polled.push(nameOf(input)), Promise.resolve(done)),
      startDue: () => ((started += 1), Promise.resolve()),
      checkHooks: () => ((hookChecks += 1), Promise.resolve()),
      pace: unhindered,
      ...ports,
    });
    watching = env.run(watch, { site: 'acme', every, epoch: 0, ...task });
  }

  const everything = [
    'desk company changed',
    'desk company deleted',
    'desk company listed',
    'desk customer changed',
    'desk customer deleted',
    'teamwork company changed',
    'teamwork company listed',
    'teamwork customer changed',
    'teamwork customer deleted',
  ];

  test('looks at once for everything that there is news of', async () => {
    start();
    await until(() => polled.length === 9);
    expect([...polled].sort()).toEqual(everything);
  });

  test('once is each turn once, beside whatever pace the others keep', async () => {
    start({ ...idle, deskCompaniesMs: quick }, { pace: () => new Promise(() => undefined) }, { once: true });
    expect(await watching).toEqual({ epoch: 1, gone: false });
    expect([...polled].sort()).toEqual(everything);
  });

  test('each poll goes by its own interval, and is told of it', async () => {
    const told = new Map<string, number | undefined>();
    start(
      { ...idle, deskCompaniesMs: quick },
      {
        poll: (input) => {
          polled.push(nameOf(input));
          told.set(nameOf(input), input.everyMs);
          return Promise.resolve(done);
        },
      },
    );
    await until(() => times('desk company changed') >= 3);
    expect(times('desk customer changed')).toBe(1);
    expect(told.get('desk company changed')).toBe(quick);
    expect(told.get('teamwork company listed')).toBe(never);
  });

  test('B1: looks at the webhooks as often as at whole listings, where the accounts are proven the same (R29)', async () => {
    start({ ...idle, listingsMs: quick });
    await until(() => hookChecks >= 3);
    env.cancel();
    await watching;
    let asked = 0;
    const provenSame = () => ((asked += 1), Promise.resolve(false));
    start({ ...idle, listingsMs: quick }, { accounts: { provenSame } });
    await until(() => asked >= 3);
    expect(hookChecks).toBe(0);
  });

  test('what a poll brings is started at once', async () => {
    const store = {
      sitesWithWork: () => Promise.resolve([]),
      raiseEpoch: () => Promise.resolve(1),
    };
    start(idle, {
      store,
      poll: (input) =>
        Promise.resolve(nameOf(input) === 'desk company changed' ? { done: true, news: 1 } : done),
    });
    await until(() => started === 1);
  });

  test('what is due is started where there is any, and nobody asks for it of a site that has none', async () => {
    start({ ...idle, wakeMs: quick });
    await until(() => started >= 3);
    env.cancel();
    await watching;
    let asked = 0;
    const store = {
      sitesWithWork: () => ((asked += 1), Promise.resolve(['other'])),
      raiseEpoch: () => Promise.resolve(1),
    };
    start({ ...idle, wakeMs: quick }, { store });
    await until(() => asked >= 2);
    expect(started).toBe(0);
  });

  test('a poll that hangs holds up no other, and does not keep the watch from ending', async () => {
    start(
      { ...idle, deskCompaniesMs: quick, changesMs: quick },
      {
        poll: (input) => {
          polled.push(nameOf(input));
          return input.side === 'teamwork' ? new Promise(() => undefined) : Promise.resolve(done);
        },
      },
    );
    await until(() => times('desk customer deleted') >= 3);
    expect(times('teamwork customer changed')).toBe(1);
    env.cancel();
    expect((await watching).gone).toBe(false);
  });

  test('a poll that found no free call comes again when there is one, not only at its next turn', async () => {
    start(idle, {
      poll: (input) => {
        polled.push(nameOf(input));
        return times('desk company changed') === 1 ? Promise.reject(tryAgainIn(5)) : Promise.resolve(done);
      },
    });
    await until(() => times('desk company changed') >= 2);
  });

  test('the epoch is raised from the one remembered outside the database, and answered at the end', async () => {
    start({ ...idle, epochMs: quick }, {}, { epoch: 40 });
    await until(() => remembered.length >= 3);
    expect(remembered.slice(0, 3)).toEqual([40, 41, 42]);
    env.cancel();
    expect((await watching).epoch).toBeGreaterThanOrEqual(43);
  });

  test('a watch whose worker died goes on with the epoch of its last beat', async () => {
    start(idle, {}, { epoch: 40 }, { epoch: 50, polls: {} });
    await until(() => remembered.length === 1);
    expect(remembered).toEqual([50]);
  });

  test('ends when there is no such site any more', async () => {
    start(idle, {
      store: { sitesWithWork: () => Promise.resolve([]), raiseEpoch: () => Promise.resolve(null) },
    });
    expect(await watching).toEqual({ epoch: 0, gone: true });
  });
});

describe('the pace of all watches of a worker', () => {
  test('who asks first polls first, and one that fails gives its place to the next', async () => {
    const pace = paceOf(250);
    const order: number[] = [];
    const polls = Array.from({ length: 120 }, (_poll, n) =>
      pace(1, () => {
        order.push(n);
        return n % 2 === 0 ? Promise.resolve() : Promise.reject(new Error('away'));
      }),
    );
    const ends = await Promise.allSettled(polls);
    expect(order).toEqual(ends.map((_end, n) => n));
    expect(ends.filter(({ status }) => status === 'rejected')).toHaveLength(60);
  });

  test('as many as hang at once are bounded, and the rest goes on when one ends', async () => {
    const pace = paceOf(1_000_000);
    let begun = 0;
    let release: () => void = () => undefined;
    const hang = () => {
      begun += 1;
      return begun === 1 ? new Promise<void>((done) => (release = done)) : new Promise<void>(() => undefined);
    };
    for (let n = 0; n < 150; n++) void pace(1, hang);
    await until(() => begun === 100);
    release();
    await until(() => begun === 101);
  });
});
