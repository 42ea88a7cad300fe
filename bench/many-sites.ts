/**
 * A thousand sites of 50 people each, who agree, on one machine: each site's InitialSync, then what it costs to watch them, and what
 * that does to the live edits of a quiet one. `SITES=100` takes fewer.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { fewAtOnce } from '../src/few-at-once';
import { site as first, openLab, token, type Lab } from '../test/support/lab';
import { SandboxControls } from '../test/support/sandbox-controls';
import { doubles, truthOf } from '../test/support/truth';
import { until } from '../test/support/until';
import { connectSite } from '../src/connect';
import { startPart } from '../src/start-processes';
import { edit, msOf, writeOf, type Edit, type Ids } from './edits';
import { figure, percentile, type Figure } from './figures';
import { parts, cpuSeconds, memoryMb } from './processes';
import { measureStack, type StackMeasures } from './stack-measures';

const sites = Number(process.env.SITES ?? 1_000);
const steadyMinutes = Number(process.env.STEADY_MINUTES ?? 4);
const size = { companies: 5, people: 50, scenario: 'agreed' };
/** Below the ports that systems give to outgoing connections. */
const firstPort = 12_000;
const connectedAtOnce = 8;
const quietSites = 4;
const editsOfEach = 10;
const editEveryMs = 1_000;

export async function manySites(): Promise<readonly Figure[]> {
  const lab = await openLab({ sandbox: { companies: 1, people: 1 }, hooks: true, pollMs: 60_000 });
  const flags = { port: firstPort, sites, token, ...size };
  const sandboxes = await startPart(
    {
      dataDir: lab.dataDir,
      environment: { ...process.env, NODE_OPTIONS: '--max-old-space-size=8192' },
    },
    'sandboxes',
    'sandbox/main',
    [
      ...Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, String(value)]),
      '--token',
      'user-token',
    ],
  );
  try {
    await until(() => sandboxes.hasSaid(new RegExp(`:${firstPort + sites - 1} `)));
    const [worker] = await Promise.all([lab.startWorker(), lab.startServer()]);
    return await measured(lab, worker.pid);
  } finally {
    await sandboxes.stop();
    await lab.close();
  }
}

async function measured(lab: Lab, worker: number): Promise<readonly Figure[]> {
  const all = Array.from({ length: sites }, (_site, n) => n);
  const told = (name: string, value: number, unit: string) => figure('many-sites', name, value, unit, null);
  const stack = await measureStack(lab);
  try {
    await connect(lab, 0);
    await lab.engine.client.startRun(nameOf(0), 'sync');
    await runsEnded(stack, 1);
    // As far apart as those of each quiet site; more names changed on a site this small would be held (R26).
    const alone = await liveEdits(lab, [0, 0], editEveryMs * quietSites);

    await fewAtOnce(all.slice(1), connectedAtOnce, (n) => connect(lab, n));
    const before = performance.now();
    const cpuBefore = cpuSeconds();
    await fewAtOnce(all.slice(1), connectedAtOnce, async (n) => {
      await lab.engine.client.startRun(nameOf(n), 'sync');
    });
    await runsEnded(stack, sites);
    const syncSeconds = (performance.now() - before) / 1_000;
    const cpuOfSync = difference(cpuSeconds(), cpuBefore);
    const links = await stack.links();
    const twice = await createdTwice(all);

    const steady = await watched(stack, worker);
    const busy = await liveEdits(lab, all.slice(-quietSites));
    const over = (percent: number) => percentile(busy, percent) / percentile(alone, percent);
    return [
      told('sites', sites, 'sites'),
      told('initial_sync_records', links, 'records'),
      told('initial_sync_records_per_second', links / syncSeconds, 'records/s'),
      ...parts.map((part) =>
        told(`initial_sync_${part}_cpu_per_record`, (1_000 * cpuOfSync[part]) / links, 'ms'),
      ),
      figure('many-sites', 'initial_syncs_finished', await stack.runsFinished(), 'runs', { atLeast: sites }),
      figure('many-sites', 'records_created_twice', twice, 'records', { atMost: 0 }),
      ...steady,
      told('live_p50_over_one_site_alone', over(50), 'ratio'),
      told('live_p99_over_one_site_alone', over(99), 'ratio'),
    ];
  } finally {
    await stack.close();
  }
}

/** What it costs to watch them, and whether anything grows. */
async function watched(stack: StackMeasures, worker: number): Promise<readonly Figure[]> {
  const told = (name: string, value: number, unit: string) => figure('many-sites', name, value, unit, null);
  // As many polls are late by then as ever will be.
  await sleep(60_000);
  const [cpuBefore, before, began] = [cpuSeconds(), await stack.now(), performance.now()];
  const samples: { readonly backlog: number; readonly memory: number }[] = [];
  while (performance.now() - began < steadyMinutes * 60_000) {
    samples.push({ backlog: await stack.backlog(), memory: memoryMb(worker) });
    await sleep(5_000);
  }
  const seconds = (performance.now() - began) / 1_000;
  const [cpu, after] = [difference(cpuSeconds(), cpuBefore), await stack.now()];
  const half = Math.floor(samples.length / 2);
  const peak = (of: 'backlog' | 'memory', from: number, to: number) =>
    Math.max(...samples.slice(from, to).map((sample) => sample[of]));
  const intervals = await stack.intervals();
  const perSiteHour = (grown: number) => (grown / sites / seconds) * 3_600;
  const polls = (await stack.pollsPerSecond()) * seconds;
  return [
    told('polls_per_second', polls / seconds, 'polls/s'),
    ...parts.map((part) => told(`${part}_cpu_per_poll`, (1_000 * cpu[part]) / polls, 'ms')),
    told('cores_in_use', parts.reduce((sum, part) => sum + cpu[part], 0) / seconds, 'cores'),
    ...intervals.flatMap(({ askedSeconds, p50, p99 }) => [
      told(`interval_p50_over_asked_${askedSeconds}_s`, p50, 'ratio'),
      told(`interval_p99_over_asked_${askedSeconds}_s`, p99, 'ratio'),
    ]),
    figure('many-sites', 'queue_backlog_peak', peak('backlog', half, samples.length), 'tasks', {
      atMost: 50,
    }),
    figure(
      'many-sites',
      'worker_memory_second_half_over_first',
      peak('memory', half, samples.length) / peak('memory', 0, half),
      'ratio',
      { atMost: 1.1 },
    ),
    told('worker_memory_peak', peak('memory', 0, samples.length), 'MB'),
    figure('many-sites', 'open_workflows_over_sites', after.openWorkflows / sites, 'ratio', { atMost: 1.05 }),
    told('database_bytes_per_site', after.databaseBytes / sites, 'bytes'),
    told(
      'database_bytes_per_site_and_hour',
      perSiteHour(after.databaseBytes - before.databaseBytes),
      'bytes',
    ),
    told(
      'temporal_bytes_per_site_and_hour',
      perSiteHour(after.temporalBytes - before.temporalBytes),
      'bytes',
    ),
    told('temporal_events_per_site_and_hour', perSiteHour(after.events - before.events), 'events'),
  ];
}

/** A run is in the store once it has begun, not when it was asked for. */
async function runsEnded(stack: StackMeasures, asked: number): Promise<void> {
  for (let finished = 0; finished < asked;) {
    const before = finished;
    await until(async () => (finished = await stack.runsFinished()) > before);
  }
}

function nameOf(n: number): string {
  return n === 0 ? first : `site-${n}`;
}

function controlsOf(n: number): SandboxControls {
  return new SandboxControls(`http://127.0.0.1:${firstPort + n}`);
}

async function connect(lab: Lab, n: number): Promise<void> {
  const credentials = { teamwork: token, desk: token };
  await connectSite(lab.engine, { site: nameOf(n), url: controlsOf(n).url, credentials, vendorSync: 'off' });
}

/** Emails and names that stand on one side of a site more than once. */
async function createdTwice(all: readonly number[]): Promise<number> {
  let twice = 0;
  await fewAtOnce(all, connectedAtOnce, async (n) => {
    const { desk } = await truthOf(controlsOf(n));
    twice += doubles(desk.company.map(({ name }) => name)).length;
    twice += doubles(desk.customer.map(({ email }) => email)).length;
  });
  return twice;
}

/** Milliseconds from a user's write in Teamwork.com to ours in Desk, the sites taking turns. */
async function liveEdits(lab: Lab, of: readonly number[], everyMs = editEveryMs): Promise<readonly number[]> {
  const made: { readonly n: number; readonly one: Edit }[] = [];
  const pairs = new Map<number, Ids[]>();
  for (const n of new Set(of)) pairs.set(n, await pairsOf(lab, n));
  for (let turn = 0; turn < editsOfEach; turn++) {
    for (const n of of) {
      const theirs = { ...lab, sandbox: controlsOf(n) };
      const pair = pairs.get(n)?.shift();
      if (pair !== undefined) made.push({ n, one: await edit(theirs, 'teamwork', 'customer', pair) });
      await sleep(everyMs);
    }
  }
  const took: number[] = [];
  for (const { n, one } of made) {
    await until(async () => writeOf(one, await controlsOf(n).calls()) !== undefined);
    took.push(msOf(one, await controlsOf(n).calls()));
  }
  return took;
}

async function pairsOf(lab: Lab, n: number): Promise<Ids[]> {
  const rows = await lab.engine.reads.links(nameOf(n), { kind: 'customer', status: 'in_sync', limit: 200 });
  return rows.flatMap(({ link: { ids } }) =>
    ids.teamwork === null || ids.desk === null ? [] : [{ teamwork: ids.teamwork, desk: ids.desk }],
  );
}

function difference<K extends string>(
  after: Readonly<Record<K, number>>,
  before: Readonly<Record<K, number>>,
) {
  const entries = Object.entries<number>(after).map(([key, value]) => [key, value - before[key as K]]);
  return Object.fromEntries(entries) as Record<K, number>;
}
