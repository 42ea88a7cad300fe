import { engineQueue } from '../../src/workflows/queues';
import { startScriptedWorker, type Script, type ScriptedWorker } from '../support/scripted-worker';
import { until } from '../support/until';

const done = { done: true as const, pages: 1, seen: 1, missing: 0, complete: true };

describe('Sweep', () => {
  let worker: ScriptedWorker;
  let told: string[];
  afterEach(() => worker.stop());

  async function work(script: Script = {}) {
    told = [];
    worker = await startScriptedWorker({
      beginRun: () => Promise.resolve('begun'),
      probeAccounts: () => (told.push('probe'), Promise.resolve('same')),
      enterPhase: async () => {},
      survey: ({ mode }) => (told.push(`survey for a ${mode}`), Promise.resolve(done)),
      planAndDispatch: ({ kind }) => (
        told.push(`settle ${kind}`),
        Promise.resolve({ state: 'drained', started: 1 })
      ),
      proveRun: () => (told.push('prove'), Promise.resolve()),
      setRunState: ({ state }) => (told.push(state), Promise.resolve()),
      ...script,
    });
  }
  const options = { taskQueue: engineQueue, workflowId: 'acme/sweep' };
  const sweep = () =>
    worker.client.workflow.start('sweep', { ...options, args: [{ site: 'acme', mode: 'sweep' }] });

  test('R29 probes, surveys, decides and proves as an InitialSync does', async () => {
    await work();
    expect(await (await sweep()).result()).toMatchObject({ state: 'finished' });
    const surveys = Array.from({ length: 4 }, () => 'survey for a sweep');
    expect(told).toEqual([
      ...['probe', ...surveys, 'settle company', 'settle customer', 'prove', 'finished'],
    ]);
  });

  test('R29 where another account answers nothing is read or written', async () => {
    await work({ probeAccounts: () => (told.push('probe'), Promise.resolve('stopped')) });
    const handle = await sweep();
    await until(() => told.length > 0);
    await handle.signal('cancel');
    expect(await handle.result()).toMatchObject({ state: 'cancelled' });
    expect(told).toEqual(['probe', 'cancelled']);
  });

  test('is skipped where an InitialSync runs', async () => {
    await work({ beginRun: () => Promise.resolve('skipped') });
    expect(await (await sweep()).result()).toMatchObject({ state: 'skipped' });
    expect(told).toEqual([]);
  });

  test('the daily one does not run beside one that was asked for', async () => {
    let free: (result: typeof done) => void = () => undefined;
    const held = new Promise<typeof done>((resolve) => (free = resolve));
    await work({ survey: () => held });
    const asked = await sweep();
    const daily = { ...options, workflowId: 'acme/daily-sweep-1', args: [{ site: 'acme' }] };
    await worker.client.workflow.execute('dailySweep', daily);
    free(done);
    await asked.result();
    expect(told.filter((what) => what === 'finished')).toHaveLength(1);
    await worker.client.workflow.execute('dailySweep', daily);
    expect(told.filter((what) => what === 'finished')).toHaveLength(2);
  });
});
