/**
 * Work that only the engine bounds, shared by one, two and four workers through the task queues alone: the rate, each
 * worker's part of it, and what a record costs each process, from which larger machines are reckoned.
 */
import { openLab, type Lab } from '../test/support/lab';
import { callsSince, isCreate, lastCall, secondsOver } from './calls';
import { figure, type Figure } from './figures';
import { inTemporal } from './histories';
import { cpuSeconds, parts, type Part } from './processes';

const data = { seed: 1, companies: 100, people: 1_500, scenario: 'empty-desk' };
const counts = [1, 2, 4] as const;
/** As many histories as tell the shares to a few percent. */
const sampled = 300;

interface Shared {
  readonly workers: number;
  readonly rate: number;
  /** The smallest worker's part over an equal one. */
  readonly leastShare: number;
  readonly cpuMsPerRecord: Readonly<Record<Part, number>>;
}

export async function workers(): Promise<readonly Figure[]> {
  const shared: Shared[] = [];
  for (const count of counts) shared.push(await sharedBy(count));
  const [alone] = shared;
  return shared.flatMap(({ workers: count, rate, leastShare, cpuMsPerRecord }) => [
    figure('workers', `records_per_second_of_${count}`, rate, 'records/s', null),
    figure('workers', `rate_of_${count}_over_one`, rate / (alone?.rate ?? NaN), 'ratio', null),
    figure('workers', `least_share_of_${count}_over_equal`, leastShare, 'ratio', { atLeast: 0.6 }),
    ...parts
      .filter((part) => part !== 'server')
      .map((part) =>
        figure('workers', `${part}_cpu_per_record_with_${count}`, cpuMsPerRecord[part], 'ms', null),
      ),
  ]);
}

async function sharedBy(count: number): Promise<Shared> {
  const lab = await openLab({ sandbox: { companies: 1, people: 1, 'rate-limit': 1_000_000 } });
  try {
    await lab.sandbox.control('POST', 'reset', data);
    await Promise.all(Array.from({ length: count }, () => lab.startWorker()));
    await lab.connect();
    const [from, before] = [await lastCall(lab), cpuSeconds()];
    await lab.runEnded(await lab.startRun());
    const after = cpuSeconds();
    const creates = (await callsSince(lab, from)).filter(isCreate);
    const perRecord = (part: Part) => (1_000 * (after[part] - before[part])) / creates.length;
    return {
      workers: count,
      rate: creates.length / secondsOver(creates),
      leastShare: await leastShare(lab, count),
      cpuMsPerRecord: {
        worker: perRecord('worker'),
        server: perRecord('server'),
        sandbox: perRecord('sandbox'),
        temporal: perRecord('temporal'),
        postgres: perRecord('postgres'),
      },
    };
  } finally {
    await lab.close();
  }
}

/** By who wrote: each activity says in its history which worker began it. */
async function leastShare(lab: Lab, count: number): Promise<number> {
  const begun = new Map<string, number>();
  await inTemporal(lab, async ({ workflow }) => {
    let read = 0;
    for await (const { workflowId } of workflow.list({ query: "WorkflowType = 'syncCustomer'" })) {
      if (read++ === sampled) break;
      const { events } = await workflow.getHandle(workflowId).fetchHistory();
      for (const { activityTaskStartedEventAttributes: started } of events ?? []) {
        const identity = started?.identity;
        if (identity) begun.set(identity, (begun.get(identity) ?? 0) + 1);
      }
    }
  });
  const all = [...begun.values()].reduce((sum, value) => sum + value, 0);
  const least = begun.size < count ? 0 : Math.min(...begun.values());
  return least / (all / count);
}
