/** How many calls an InitialSync makes over the least that it could be done with, and what a second run costs. */
import { openLab, type Lab } from '../test/support/lab';
import { truthOf } from '../test/support/truth';
import type { Call } from '../test/support/sandbox-controls';
import { callsSince, isWrite, lastCall, ofSide } from './calls';
import { figure, type Figure } from './figures';

/** The largest pages that the two APIs give. */
const pageSizes = { teamwork: { company: 500, customer: 500 }, desk: { company: 100, customer: 100 } };

export async function apiEconomy(): Promise<readonly Figure[]> {
  const lab = await openLab({ sandbox: { companies: 200, people: 2_000, seed: 1, 'rate-limit': 60_000 } });
  try {
    await lab.startWorker();
    await lab.connect();
    const pagesBefore = await pagesOnce(lab);
    const first = await callsOfRun(lab);
    const least = pagesBefore + writeCalls(first);
    const pagesAfter = await pagesOnce(lab);
    const second = await callsOfRun(lab);
    const writes = second.filter(isWrite).length;
    return [
      figure('api-economy', 'calls_over_least', (first.length - 10) / least, 'ratio', { atMost: 1.02 }),
      figure('api-economy', 'calls_over_least_without_allowance', first.length / least, 'ratio', null),
      figure('api-economy', 'second_run_calls_over_least', (second.length - 10) / pagesAfter, 'ratio', {
        atMost: 1.02,
      }),
      figure(
        'api-economy',
        'second_run_calls_over_least_without_allowance',
        second.length / pagesAfter,
        'ratio',
        null,
      ),
      figure('api-economy', 'second_run_writes', writes, 'calls', { atMost: 0 }),
    ];
  } finally {
    await lab.close();
  }
}

async function callsOfRun(lab: Lab): Promise<readonly Call[]> {
  const before = await lastCall(lab);
  await lab.runEnded(await lab.startRun());
  return callsSince(lab, before);
}

async function pagesOnce(lab: Lab): Promise<number> {
  const truth = await truthOf(lab.sandbox);
  let pages = 0;
  for (const side of ['teamwork', 'desk'] as const) {
    for (const kind of ['company', 'customer'] as const) {
      pages += Math.max(1, Math.ceil(truth[side][kind].length / pageSizes[side][kind]));
    }
  }
  return pages;
}

/** One call a company write and a Desk write, two a Teamwork.com person's. */
function writeCalls(calls: readonly Call[]): number {
  const writes = calls.filter(isWrite);
  const people = ofSide(writes, 'teamwork').filter(({ path }) => path.includes('/people'));
  return writes.length + people.length;
}
