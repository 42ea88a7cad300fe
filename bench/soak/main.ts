/**
 * `npm run soak -- --minutes n --seed s`: two sites on the whole stack under random edits and faults, while Postgres,
 * Temporal and the worker are each killed five times. Prints one JSON line a figure; exit code 0 when all are as they are to be.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { answerHold } from '../../src/answer-hold';
import { connectSite } from '../../src/connect';
import { verifySite } from '../../src/verify';
import { operate } from '../../test/cli/operator';
import { Random } from '../../test/simulation/random';
import { openLab, site as acme, token, type Lab } from '../../test/support/lab';
import type { SandboxControls } from '../../test/support/sandbox-controls';
import { until } from '../../test/support/until';
import { figure, type Figure } from '../figures';
import { judged } from './judged';
import { Mortal, startMortalStack, type MortalStack } from './mortal-parts';
import { memoryMb } from '../processes';
import { storeSize } from './sizes';
import { flatness, type Samples } from './flatness';
import { Troubles } from './troubles';
import { Users, type Known } from './users';

const kills = 5;
const size = { companies: 10, people: 80, 'rate-limit': 60_000 };
const actEveryMs = 1_500;
const troubleEveryMs = 5_000;
const sampleEveryMs = 5_000;
const operatorEveryMs = 10_000;

interface Soaked {
  readonly site: string;
  readonly sandbox: SandboxControls;
  readonly users: Users;
  readonly troubles: Troubles;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { minutes: { type: 'string', default: '20' }, seed: { type: 'string', default: '1' } },
  });
  const [minutes, seed] = [Number(values.minutes), Number(values.seed)];
  const figures = await soak(minutes * 60_000, seed);
  for (const line of figures) console.log(JSON.stringify(line));
  return figures.some(({ met }) => met === false) ? 1 : 0;
}

async function soak(forMs: number, seed: number): Promise<readonly Figure[]> {
  const stacks: MortalStack[] = [];
  const lab = await openLab({
    sandbox: { ...size, seed },
    settleMs: 2_000,
    pollMs: 4_000,
    heartbeatTimeoutMs: 5_000,
    hooks: true,
    stack: async (dataDir) => {
      const stack = await startMortalStack(dataDir);
      stacks.push(stack);
      return stack;
    },
  });
  const [stack] = stacks;
  if (stack === undefined) throw new Error('The lab started no stack.');
  const worker = await new Mortal(() => lab.startWorker()).keep();
  const server = await new Mortal(() => lab.startServer()).keep();
  try {
    const other = await lab.startSandbox({ ...size, seed: seed + 1 });
    const sites = await Promise.all([
      begun(lab, acme, lab.sandbox, seed),
      begun(lab, 'other', other, seed + 1),
    ]);
    const samples: Samples = { worker: [], server: [], sizes: [], acts: [] };
    const measure = async () => {
      samples.sizes.push(await storeSize(lab.databaseUrl));
      samples.acts.push(sites.reduce((sum, { users }) => sum + users.acts, 0));
    };
    await measure();
    const end = Date.now() + forMs;
    const half = Date.now() + forMs / 2;
    const during = (everyMs: number, work: () => unknown) => repeatedly(end, everyMs, work);
    await Promise.all([
      ...sites.flatMap(({ site, users, troubles }) => [
        during(actEveryMs, () => users.act()),
        during(troubleEveryMs, () => troubles.change()),
        during(operatorEveryMs, () => approveAll(lab, site)),
      ]),
      during(sampleEveryMs, () => {
        const isLater = Date.now() >= half;
        samples.worker.push({ isLater, mb: memoryMb(worker.pid) });
        samples.server.push({ isLater, mb: memoryMb(server.pid) });
      }),
      killing([stack.temporal, stack.postgres, worker], forMs),
      sleep(forMs / 2).then(() =>
        until(() =>
          measure().then(
            () => true,
            () => false,
          ),
        ),
      ),
    ]);
    for (const { troubles } of sites) await troubles.end();
    const calmAt = Date.now();
    for (const { site } of sites) await converged(lab, site);
    const convergedMs = Date.now() - calmAt;
    await measure();
    return [
      ...(await came(lab, sites)),
      ...told({ stack, worker, server, sites, convergedMs }),
      ...flatness(samples),
    ];
  } finally {
    await Promise.all([worker.stop(), server.stop()]);
    await lab.close();
  }
}

async function begun(lab: Lab, site: string, sandbox: SandboxControls, seed: number): Promise<Soaked> {
  await connectSite(lab.engine, { site, url: sandbox.url, credentials: { teamwork: token, desk: token } });
  await lab.engine.store.changeSettings(site, { automaticallyCreateContacts: true });
  const run = await lab.engine.client.startRun(site, 'sync');
  await until(async () => (await lab.engine.store.run(site, run))?.state === 'finished');
  const known: Known[] = [];
  for (const kind of ['company', 'customer'] as const) {
    const rows = await lab.engine.reads.links(site, { kind, status: 'in_sync', limit: 1_000 });
    for (const { link } of rows)
      known.push({ kind, ids: { teamwork: Number(link.ids.teamwork), desk: Number(link.ids.desk) } });
  }
  const random = new Random(seed);
  return {
    site,
    sandbox,
    users: new Users(site, sandbox, random, known),
    troubles: new Troubles(sandbox, new Random(seed + 1_000)),
  };
}

/** What is away may make it fail; it comes again. */
async function repeatedly(end: number, everyMs: number, work: () => unknown): Promise<void> {
  while (Date.now() < end) {
    const next = Date.now() + everyMs;
    await Promise.resolve(work()).catch(() => undefined);
    await sleep(Math.max(0, Math.min(next, end) - Date.now()));
  }
}

/** In turn, each as often, the last in time to come back. */
async function killing(parts: readonly Mortal[], forMs: number): Promise<void> {
  for (let n = 0; n < kills; n++)
    for (const part of parts) {
      await sleep(forMs / (kills * parts.length + 1));
      await until(() => part.pid !== undefined);
      part.kill();
    }
}

/** Users edit more than R26 lets pass in a day: an operator who knows of them looks in. */
async function approveAll({ engine }: Lab, site: string): Promise<void> {
  for (const { number } of await engine.reads.holds(site))
    await answerHold(engine, site, 'approve', number, null);
}

/** What the daily sweep does, and an operator who looks in, and tries again where a call of his failed. */
async function converged(lab: Lab, site: string): Promise<void> {
  const { engine } = lab;
  let instead: unknown;
  const comesTrue = (work: () => Promise<boolean>) =>
    until(
      async () => {
        try {
          await approveAll(lab, site);
          return await work();
        } catch (error) {
          instead = error;
          return false;
        }
      },
      () => instead,
    );
  let run = '';
  await comesTrue(async () => (run = await engine.client.startRun(site, 'sync')) !== '');
  await comesTrue(async () => (await engine.store.run(site, run))?.state === 'finished');
  await comesTrue(async () => {
    const { differences } = await verifySite(engine, site);
    instead = JSON.stringify(differences.slice(0, 5));
    const [mine] = (await engine.store.backlogs()).filter((backlog) => backlog.site === site);
    return differences.length === 0 && mine?.due === 0 && mine.waiting === 0;
  });
}

async function came(lab: Lab, sites: readonly Soaked[]): Promise<readonly Figure[]> {
  let [faults, pairs, differences, frozen] = [0, 0, 0, 0];
  for (const { site, sandbox } of sites) {
    const judgement = await judged(lab.engine, site, sandbox);
    for (const fault of judgement.faults) console.error(`${site}: ${fault}`);
    faults += judgement.faults.length;
    pairs += judgement.pairs;
    differences += (await verifySite(lab.engine, site)).differences.length;
    frozen += (await lab.engine.store.site(site))?.frozen === null ? 0 : 1;
    const { code, out } = await operate(
      { parts: () => Promise.resolve(lab.engine) },
      `attention --site ${site}`,
    );
    console.error(`${site}: attention ended with ${code}: ${out}`);
  }
  return [
    figure('soak', 'pairs_compared', pairs, 'pairs', { atLeast: 1 }),
    figure('soak', 'doubles_differences_and_losses', faults, 'faults', { atMost: 0 }),
    figure('soak', 'differences_of_verify', differences, 'differences', { atMost: 0 }),
    figure('soak', 'sites_frozen', frozen, 'sites', { atMost: 0 }),
  ];
}

function told(of: {
  readonly stack: MortalStack;
  readonly worker: Mortal;
  readonly server: Mortal;
  readonly sites: readonly Soaked[];
  readonly convergedMs: number;
}): readonly Figure[] {
  const { stack, worker, server, sites } = of;
  const hits = new Map<string, number>();
  for (const { troubles } of sites)
    for (const [kind, times] of troubles.hits) hits.set(kind, (hits.get(kind) ?? 0) + times);
  const acts = sites.reduce((sum, { users }) => sum + users.acts, 0);
  return [
    figure('soak', 'acts_of_users', acts, 'acts', { atLeast: 1 }),
    ...[...hits].sort().map(([kind, times]) => figure('soak', `faults_${kind}`, times, 'calls', null)),
    figure('soak', 'restarts_of_postgres', stack.postgres.starts - 1, 'restarts', { atLeast: kills }),
    figure('soak', 'restarts_of_temporal', stack.temporal.starts - 1, 'restarts', { atLeast: kills }),
    figure('soak', 'restarts_of_worker', worker.starts - 1, 'restarts', { atLeast: kills }),
    figure('soak', 'restarts_of_server', server.starts - 1, 'restarts', null),
    figure('soak', 'converged_after', of.convergedMs / 1_000, 's', null),
  ];
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${String((error as Error).stack)}\n`);
    process.exit(3);
  },
);
