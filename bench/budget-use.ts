/** How much of the allowed budget an InitialSync uses while it writes, and whether it is ever refused. */
import { sides } from '../src/domain/record';
import { openLab } from '../test/support/lab';
import { callsSince, isWrite, lastCall, ofSide, secondsOver } from './calls';
import { figure, type Figure } from './figures';

const perMinute = 480;

export async function budgetUse(): Promise<readonly Figure[]> {
  const lab = await openLab({ sandbox: { companies: 100, people: 1_000, seed: 1, 'rate-limit': perMinute } });
  try {
    await lab.startWorker();
    await lab.connect();
    const before = await lastCall(lab);
    await lab.runEnded(await lab.startRun());
    const calls = await callsSince(lab, before);
    const writes = calls.filter(isWrite);
    const [from, to] = [writes.at(0)?.n ?? 0, writes.at(-1)?.n ?? 0];
    const between = calls.filter(({ n }) => n >= from && n <= to);
    const busier = Math.max(...sides.map((side) => ofSide(between, side).length));
    const atBest = (busier / perMinute) * 60;
    const refused = calls.filter(({ status }) => status === 429).length;
    return [
      figure('budget-use', 'wall_over_budget', secondsOver(writes) / atBest, 'ratio', { atMost: 1.03 }),
      figure('budget-use', 'refused', refused, 'calls', { atMost: 0 }),
    ];
  } finally {
    await lab.close();
  }
}
