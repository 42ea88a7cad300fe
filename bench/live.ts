/**
 * Live edits while an InitialSync works, vendors answering in 150 ms at their real limits: from a user's write to the
 * other side's, over a plain script that reads and writes at once; and what calls an edit costs.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { sides, type Side } from '../src/domain/record';
import { openLab, site, token, type Lab } from '../test/support/lab';
import type { Call } from '../test/support/sandbox-controls';
import { until } from '../test/support/until';
import { callsAbout, edit, msOf, pairsOf, userWriteOf, writeOf, type Edit, type Ids } from './edits';
import { figure, percentile, type Figure } from './figures';
import { freely, plainApi } from './plain';

const latencyMs = 150;
const edits = 60;
const everyMs = 2_000;
const deskCompanyEdits = 6;
const scriptedEdits = 20;
/** How often WatchSite asks Desk for changed companies, of which no hook tells. */
const deskCompanyPollMs = 15_000;

/** Of which records users edit in turn. */
const turns = [
  { side: 'teamwork', kind: 'customer' },
  { side: 'desk', kind: 'customer' },
  { side: 'teamwork', kind: 'company' },
] as const;

export async function live(): Promise<readonly Figure[]> {
  const lab = await openLab({
    sandbox: { companies: 200, people: 2_000, seed: 1, latency: latencyMs },
    hooks: true,
    pollMs: 4 * deskCompanyPollMs,
  });
  try {
    await Promise.all([lab.startWorker(), lab.startServer()]);
    await lab.connect();
    const run = await lab.startRun();
    // People come after their companies, and those who agree are linked at once.
    await until(async () => (await pairsOf(lab, 'customer')).length > edits + scriptedEdits);
    const pairs = { company: await pairsOf(lab, 'company'), customer: await pairsOf(lab, 'customer') };

    const made: Edit[] = [];
    const apart: Edit[] = [];
    for (let n = 0; n < edits; n++) {
      const began = performance.now();
      const { side, kind } = turns[n % turns.length] ?? turns[0];
      made.push(await edit(lab, side, kind, pairs[kind].pop()));
      if (n % (edits / deskCompanyEdits) === 0)
        apart.push(await edit(lab, 'desk', 'company', pairs.company.pop()));
      await sleep(Math.max(0, everyMs - (performance.now() - began)));
    }
    const arrived = async (of: readonly Edit[]) => {
      const calls = await lab.sandbox.calls();
      return of.every((one) => writeOf(one, calls) !== undefined);
    };
    await until(() => arrived([...made, ...apart]));
    const stillRuns = (await lab.engine.store.run(site, run))?.state === 'running';
    await lab.engine.client.cancelRun(site, 'sync');
    const calls = await lab.sandbox.calls();
    const script = await scripted(lab, pairs.customer.splice(0, scriptedEdits));
    const [took, plain] = [made.map((one) => msOf(one, calls)), script];
    const over = (percent: number) => percentile(took, percent) / percentile(plain, percent);
    const deskCompanies = apart.map((one) => msOf(one, calls) / deskCompanyPollMs);
    return [
      figure('live', 'initial_sync_ran_throughout', stillRuns ? 1 : 0, 'yes', { atLeast: 1 }),
      figure('live', 'p50_over_script', over(50), 'ratio', { atMost: 1.5 }),
      figure('live', 'p99_over_script', over(99), 'ratio', { atMost: 3 }),
      figure('live', 'desk_company_p99_over_poll', percentile(deskCompanies, 99), 'ratio', { atMost: 1.2 }),
      ...callFigures(made, calls),
    ];
  } finally {
    await lab.close();
  }
}

/** One edit after the other, each read and written across at once, by the same clients. */
async function scripted(lab: Lab, pairs: readonly Ids[]): Promise<readonly number[]> {
  // Nobody else's calls stand in its way.
  for (const side of sides) await lab.sandbox.control('POST', 'rate-limit', { side, perMinute: 60_000 });
  const made: Edit[] = [];
  for (const ids of pairs) {
    made.push(await edit(lab, 'teamwork', 'customer', ids));
    const { fields } = await plainApi(lab, 'teamwork').read(freely, 'customer', ids.teamwork);
    await plainApi(lab, 'desk').update(freely, 'customer', ids.desk, { lastName: fields.lastName ?? '' });
  }
  const calls = await lab.sandbox.calls();
  return made.map((one) => msOf(one, calls));
}

/** Reads of the source up to the write, and all of the target's up to the write and, in Teamwork.com, its reading back. */
function callFigures(made: readonly Edit[], calls: readonly Call[]): readonly Figure[] {
  const mostOn = { desk: 2, teamwork: 3 };
  return (['desk', 'teamwork'] as const).flatMap((target) => {
    const towards = made.filter(({ side }) => side !== target);
    const counts = towards.map((one) => {
      const from = userWriteOf(one, calls).n;
      const write = writeOf(one, calls)?.n ?? 0;
      const ours = (side: Side) =>
        callsAbout(one, side, calls).filter((call) => call.token === token && call.n > from);
      const after = ours(target).filter(({ n }) => n > write);
      const readBack = target === 'teamwork' && one.kind === 'customer' && after.length > 0 ? 1 : 0;
      const onTarget = ours(target).filter(({ n }) => n <= write).length + readBack;
      const onSource = ours(one.side).filter(({ n }) => n < write).length;
      return { onTarget, inAll: onTarget + onSource, echo: after.length - readBack };
    });
    const mean = (of: (count: (typeof counts)[number]) => number) =>
      counts.reduce((sum, count) => sum + of(count), 0) / counts.length;
    return [
      figure(
        'live',
        `calls_per_edit_on_${target}`,
        mean(({ onTarget }) => onTarget),
        'calls',
        {
          atMost: mostOn[target],
        },
      ),
      figure(
        'live',
        `calls_per_edit_towards_${target}_in_all`,
        mean(({ inAll }) => inAll),
        'calls',
        null,
      ),
      figure(
        'live',
        `reads_per_echo_of_${target}`,
        mean(({ echo }) => echo),
        'calls',
        { atMost: 1 },
      ),
    ];
  });
}
