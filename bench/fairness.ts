/**
 * One site with a backfill of 100,000 people and four quiet ones on one worker, every vendor at its real limit: what the
 * backfill does to the quiet ones' live edits, how much of its own budget it uses, and whether a vendor ever refuses.
 * `PEOPLE=10000` takes fewer.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { connectSite } from '../src/connect';
import { sides, type Side } from '../src/domain/record';
import { openLab, site as large, token, type Lab } from '../test/support/lab';
import type { Call, SandboxControls } from '../test/support/sandbox-controls';
import { until } from '../test/support/until';
import { isRecordWrite } from './calls';
import { edit, msOf, pairsOf, writeOf, type Edit, type Ids } from './edits';
import { figure, percentile, type Figure } from './figures';

const people = Number(process.env.PEOPLE ?? 100_000);
const latencyMs = 150;
const quietSites = ['quiet-1', 'quiet-2', 'quiet-3', 'quiet-4'];
/** Of one field a fifth of a site's links may change within a day (R26): more edits would be held. */
const quietData = { companies: 10, people: 400, seed: 1, scenario: 'agreed', latency: latencyMs };
const editsOfEach = 15;
const editEveryMs = 1_000;
/** While both sides are read, which takes minutes. */
const betweenEditsMs = 20_000;
/** The vendors count by the minute: of fewer than these the burst at the start would be a part. */
const writtenForMs = 5 * 60_000;

interface Quiet {
  readonly site: string;
  readonly sandbox: SandboxControls;
  readonly pairs: Ids[];
}

export async function fairness(): Promise<readonly Figure[]> {
  const lab = await openLab({
    sandbox: { companies: people / 20, people, seed: 1, latency: latencyMs },
    hooks: true,
    pollMs: 60_000,
  });
  try {
    await Promise.all([lab.startWorker(), lab.startServer()]);
    const quiet = await Promise.all(quietSites.map((name) => quietSite(lab, name)));
    const alone = await liveEdits(lab, quiet);

    await lab.connect();
    const run = await lab.startRun();
    const during: number[] = [];
    // All of it is beside them: reading both sides, planning, and then the writing.
    while (!(await isWriting(lab))) {
      during.push(...(await liveEdits(lab, quiet, 1)));
      await sleep(betweenEditsMs);
    }
    const since = Date.now();
    during.push(...(await liveEdits(lab, quiet)));
    await sleep(Math.max(0, writtenForMs - (Date.now() - since)));
    const calls = await lab.sandbox.calls();
    const to = Date.now();
    const stillRuns = (await lab.engine.store.run(large, run))?.state === 'running';
    await lab.engine.client.cancelRun(large, 'sync');

    const limits = await lab.engine.reads.budgets(large);
    const used = (side: Side) =>
      (60_000 * calls.filter((call) => isOurs(call, side) && isWithin(call, since, to)).length) /
      (to - since) /
      limits[side].limitPerMinute;
    const all = [calls, ...(await Promise.all(quiet.map(({ sandbox }) => sandbox.calls())))].flat();
    const over = (percent: number) => percentile(during, percent) / percentile(alone, percent);
    return [
      figure('fairness', 'backfill_ran_throughout', stillRuns ? 1 : 0, 'yes', { atLeast: 1 }),
      figure('fairness', 'edits_during_backfill', during.length, 'edits', null),
      figure('fairness', 'quiet_p50_over_alone', over(50), 'ratio', null),
      figure('fairness', 'quiet_p99_over_alone', over(99), 'ratio', { atMost: 2 }),
      figure('fairness', 'budget_used', Math.max(...sides.map(used)), 'ratio', { atLeast: 0.97 }),
      figure('fairness', 'refused', all.filter(({ status }) => status === 429).length, 'calls', {
        atMost: 0,
      }),
    ];
  } finally {
    await lab.close();
  }
}

async function quietSite(lab: Lab, name: string): Promise<Quiet> {
  const sandbox = await lab.startSandbox(quietData);
  const credentials = { teamwork: token, desk: token };
  await connectSite(lab.engine, { site: name, url: sandbox.url, credentials, vendorSync: 'off' });
  const run = await lab.engine.client.startRun(name, 'sync');
  await until(async () => (await lab.engine.store.run(name, run))?.state === 'finished');
  return { site: name, sandbox, pairs: await pairsOf(lab, 'customer', name) };
}

/** Milliseconds from a user's write on one side to ours on the other, the sites taking turns. */
async function liveEdits(lab: Lab, quiet: readonly Quiet[], times = editsOfEach): Promise<readonly number[]> {
  const made: { readonly of: Quiet; readonly one: Edit }[] = [];
  for (let turn = 0; turn < times; turn++) {
    for (const of of quiet) {
      const side = sides[turn % sides.length] ?? 'teamwork';
      // The first is edited again when all others were.
      const ids = of.pairs.shift();
      if (ids !== undefined) of.pairs.push(ids);
      made.push({ of, one: await edit({ ...lab, sandbox: of.sandbox }, side, 'customer', ids) });
      await sleep(editEveryMs);
    }
  }
  const took: number[] = [];
  for (const { of, one } of made) {
    await until(async () => writeOf(one, await of.sandbox.calls()) !== undefined);
    took.push(msOf(one, await of.sandbox.calls()));
  }
  return took;
}

async function isWriting(lab: Lab): Promise<boolean> {
  return (await lab.sandbox.calls()).some((call) => call.token === token && isRecordWrite(call));
}

function isOurs(call: Call, side: Side): boolean {
  return call.side === side && call.token === token;
}

function isWithin({ at }: Call, from: number, to: number): boolean {
  return Date.parse(at) >= from && Date.parse(at) < to;
}
