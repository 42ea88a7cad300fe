/** Records a second where 10,000 people agree already, over a plain loop that only reads both sides' listings. */
import { openLab } from '../test/support/lab';
import { figure, type Figure } from './figures';
import { plainApi, readWhole } from './plain';

const data = { seed: 1, companies: 500, people: 10_000, scenario: 'agreed' };
const latencyMs = 150;

export async function agreed(): Promise<readonly Figure[]> {
  const lab = await openLab({
    sandbox: { companies: 1, people: 1, 'rate-limit': 1_000_000, latency: latencyMs },
  });
  try {
    await lab.sandbox.control('POST', 'reset', data);
    const plain = await secondsOf(async () => {
      const [teamwork, desk] = [plainApi(lab, 'teamwork'), plainApi(lab, 'desk')];
      await Promise.all(
        [teamwork, desk].flatMap((api) => [readWhole(api, 'company'), readWhole(api, 'customer')]),
      );
    });
    await lab.startWorker();
    await lab.connect();
    const engine = await secondsOf(async () => {
      await lab.runEnded(await lab.startRun());
    });
    return [
      figure('agreed', 'records_per_second', data.people / engine, 'records/s', null),
      figure('agreed', 'rate_over_plain_loop', plain / engine, 'ratio', { atLeast: 0.8 }),
    ];
  } finally {
    await lab.close();
  }
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return (performance.now() - from) / 1_000;
}
