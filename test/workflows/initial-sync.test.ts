import type { RunMode } from '../../src/ports/runs';
import { cancelRun, pauseRun, progressQuery, resumeRun } from '../../src/workflows/messages';
import { engineQueue } from '../../src/workflows/queues';
import { startScriptedWorker, type Script, type ScriptedWorker } from '../support/scripted-worker';

const done = { done: true as const, pages: 1, seen: 1, missing: 0, complete: true };

describe('InitialSync', () => {
  let worker: ScriptedWorker;
  let told: string[];
  afterEach(() => worker.stop());

  async function start(script: Script = {}, mode: RunMode = 'sync') {
    told = [];
    worker = await startScriptedWorker({
      beginRun: () => Promise.resolve('begun'),
      probeAccounts: () => Promise.resolve('same'),
      enterPhase: ({ phase }) => (told.push(phase), Promise.resolve()),
      survey: ({ side, kind }) => (told.push(`survey ${side} ${kind}`), Promise.resolve(done)),
      planPages: ({ kind }) => (told.push(`plan ${kind}`), Promise.resolve({ decided: 1 })),
      planAndDispatch: ({ kind }) => (
        told.push(`settle ${kind}`),
        Promise.resolve({ state: 'drained', started: 1 })
      ),
      proveRun: () => (told.push('prove'), Promise.resolve()),
      setRunState: ({ state }) => (told.push(state), Promise.resolve()),
      ...script,
    });
    return worker.client.workflow.start('initialSync', {
      workflowId: 'acme/initial-sync',
      taskQueue: engineQueue,
      args: [{ site: 'acme', mode }],
    });
  }

  test('R3 R16: surveys both sides, settles companies before their people, proves', async () => {
    const handle = await start();
    expect(await handle.result()).toMatchObject({ state: 'finished', phase: 'done' });
    const surveys = told.filter((what) => what.startsWith('survey '));
    expect(surveys.sort()).toEqual([
      'survey desk company',
      'survey desk customer',
      'survey teamwork company',
      'survey teamwork customer',
    ]);
    expect(told.filter((what) => !what.startsWith('survey'))).toEqual([
      ...['companies', 'settle company', 'customers', 'settle customer'],
      ...['proof', 'prove', 'finished'],
    ]);
  });

  test('R2: a plan dispatches nothing', async () => {
    const handle = await start({}, 'plan');
    await handle.result();
    expect(told.filter((what) => what.startsWith('settle'))).toEqual([]);
    expect(told).toContain('plan customer');
  });

  test('R30: paused, it goes on only when it is resumed', async () => {
    let stopped = true;
    const handle = await start({
      planAndDispatch: () => (
        told.push('settle'),
        Promise.resolve({ state: stopped ? 'stopped' : 'drained', started: 0 })
      ),
    });
    await handle.signal(pauseRun);
    while ((await handle.query(progressQuery)).state !== 'paused')
      await new Promise((next) => setTimeout(next, 20));
    const dispatched = told.filter((what) => what === 'settle').length;
    stopped = false;
    expect(told.filter((what) => what === 'settle')).toHaveLength(dispatched);
    await handle.signal(resumeRun);
    expect(await handle.result()).toMatchObject({ state: 'finished' });
  });

  test('cancelled, it ends as cancelled', async () => {
    const handle = await start({ planAndDispatch: () => Promise.resolve({ state: 'stopped', started: 0 }) });
    await handle.signal(cancelRun);
    expect(await handle.result()).toMatchObject({ state: 'cancelled' });
    expect(told.at(-1)).toBe('cancelled');
    expect(told).not.toContain('prove');
  });

  test('R23: a survey that was stopped concludes nothing, and is taken up again', async () => {
    let surveys = 0;
    const handle = await start({
      survey: () => Promise.resolve(surveys++ < 4 ? { done: false as const, why: 'frozen' as const } : done),
    });
    while (surveys < 4) await new Promise((next) => setTimeout(next, 20));
    expect(told).not.toContain('settle company');
    // An operator's word wakes it at once; without one it looks again by itself.
    await handle.signal(pauseRun);
    await handle.signal(resumeRun);
    expect(await handle.result()).toMatchObject({ state: 'finished' });
  });
});
