import { verifySite } from '../../src/verify';
import { openLab, site, type Lab } from '../support/lab';
import { doubles, truthOf } from '../support/truth';

/** Waits until the run has made this many writes; progress, never time, tells. */
async function untilDone(lab: Lab, run: string, done: number): Promise<void> {
  for (;;) {
    const progress = await lab.engine.store.progress(site, run);
    if (progress !== null && progress.done >= done) return;
    await new Promise((next) => setTimeout(next, 20));
  }
}

async function expectNothingTwice(lab: Lab): Promise<void> {
  const { desk, teamwork } = await truthOf(lab.sandbox);
  expect(doubles(desk.customer.map(({ email }) => email))).toEqual([]);
  expect(doubles(desk.company.map(({ name }) => name))).toEqual([]);
  expect(doubles(teamwork.customer.map(({ email }) => email))).toEqual([]);
  expect((await verifySite(lab.engine, site)).differences).toEqual([]);
}

describe('R15: whatever is killed or lost, nothing is made twice', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab({
      sandbox: { companies: 20, people: 200, seed: 5, 'rate-limit': 60_000 },
      settleMs: 1_500,
    });
  });
  afterEach(() => lab.close());

  test('a worker killed in the middle', async () => {
    const worker = await lab.startWorker();
    await lab.connect();
    const run = await lab.startRun();
    await untilDone(lab, run, 30);
    process.kill(worker.pid, 'SIGKILL');
    await worker.exited;
    await lab.startWorker();
    await lab.runEnded(run);
    await expectNothingTwice(lab);
  });

  test('answers cut off after the write took effect', async () => {
    for (const path of ['/desk/api/v2/customers.json', '/desk/api/v2/companies.json']) {
      await lab.sandbox.control('POST', 'faults', {
        side: 'desk',
        method: 'POST',
        path,
        kind: 'reset_after',
        times: 4,
      });
    }
    await lab.startWorker();
    await lab.connect();
    await lab.runEnded(await lab.startRun());
    await expectNothingTwice(lab);
  });

  test('500s and cuts before the write', async () => {
    await lab.startWorker();
    await lab.connect();
    await lab.sandbox.control('POST', 'faults', {
      ...{ side: 'desk', kind: 'status', status: 500, times: 10, probability: 0.3 },
    });
    await lab.sandbox.control('POST', 'faults', {
      ...{ side: 'desk', method: 'POST', kind: 'reset_before', times: 5 },
    });
    await lab.runEnded(await lab.startRun());
    await expectNothingTwice(lab);
  });
});
