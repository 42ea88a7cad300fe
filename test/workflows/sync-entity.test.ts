import { WithStartWorkflowOperation } from '@temporalio/client';
import type { Decided } from '../../src/activities/decide';
import type { Side } from '../../src/domain/record';
import { changed, operationUpdates, type EntityInput, type Hint } from '../../src/workflows/messages';
import { engineQueue } from '../../src/workflows/queues';
import { attribute } from '../../src/workflows/search-attributes';
import { startScriptedWorker, type ScriptedWorker, type Script } from '../support/scripted-worker';
import { until } from '../support/until';

const input: EntityInput = { site: 'acme', kind: 'customer', link: 7 };
const live: Hint = { read: [], priority: 1, run: null };
const nothing: Decided = {
  kind: 'customer',
  status: 'in_sync',
  reason: 'agreed',
  planId: null,
  steps: [],
  readAgain: [],
  companyFirst: null,
  look: null,
};
const write: Decided = {
  ...nothing,
  status: 'pending',
  planId: 'p',
  steps: [{ side: 'desk', action: 'create' }],
};

/** Answers one after the other; the last again and again. */
function inTurn<T>(...answers: readonly T[]): () => Promise<T> {
  let next = 0;
  return () => {
    const answer = answers[Math.min(next++, answers.length - 1)];
    return answer === undefined
      ? Promise.reject(new Error('No answer is scripted.'))
      : Promise.resolve(answer);
  };
}

describe('an entity workflow', () => {
  let worker: ScriptedWorker | undefined;
  afterEach(() => worker?.stop());

  /** Runs one workflow to its end and answers the activities it called. */
  async function told(script: Script, hint: Hint = live): Promise<readonly string[]> {
    const calls: string[] = [];
    const traced = Object.fromEntries(
      Object.entries({ finishDue: async () => {}, releaseDue: async () => {}, ...script }).map(
        ([name, activity]) => [
          name,
          (...args: readonly unknown[]) => {
            calls.push(name);
            return (activity as (...args: readonly unknown[]) => unknown)(...args);
          },
        ],
      ),
    );
    worker = await startScriptedWorker(traced);
    const handle = await worker.client.workflow.signalWithStart('syncCustomer', {
      workflowId: 'acme/customer/7',
      taskQueue: engineQueue,
      args: [input],
      signal: changed,
      signalArgs: [hint],
    });
    await handle.result();
    return calls;
  }

  test('decides, writes, and finishes', async () => {
    expect(await told({ decide: inTurn(write, nothing), apply: inTurn('confirmed' as const) })).toEqual([
      'decide',
      'apply',
      'finishDue',
    ]);
  });

  test('R28: reads first what a hint asks for', async () => {
    const calls = await told(
      { observe: inTurn('present' as const), decide: inTurn(nothing) },
      { ...live, read: ['desk'] },
    );
    expect(calls).toEqual(['observe', 'decide', 'finishDue']);
  });

  test('R11: reads both sides at once where a hint asks for both', async () => {
    const begun: Side[] = [];
    const observe = async ({ side }: { readonly side: Side }) => {
      begun.push(side);
      await until(() => begun.length === 2);
      return 'present' as const;
    };
    const calls = await told({ observe, decide: inTurn(nothing) }, { ...live, read: ['teamwork', 'desk'] });
    expect(calls).toEqual(['observe', 'observe', 'decide', 'finishDue']);
  });

  test('decides again when what it decided on has moved', async () => {
    const calls = await told({ decide: inTurn(write, nothing), apply: inTurn('again' as const) });
    expect(calls).toEqual(['decide', 'apply', 'decide', 'finishDue']);
  });

  test('R15: looks for a write of unknown outcome before it decides', async () => {
    const calls = await told({
      decide: inTurn<Decided>({ ...nothing, look: 'desk' }, nothing),
      look: inTurn('adopted' as const),
    });
    expect(calls).toEqual(['decide', 'look', 'decide', 'finishDue']);
  });

  test('R30: stopped, it gives its due row back', async () => {
    expect(await told({ decide: inTurn(write), apply: inTurn('stopped' as const) })).toEqual([
      'decide',
      'apply',
      'releaseDue',
    ]);
  });

  test('a record that cannot be written does not fail the workflow', async () => {
    expect(await told({ decide: inTurn(write), apply: inTurn('parked' as const) })).toEqual([
      'decide',
      'apply',
      'finishDue',
    ]);
  });

  test('C2: however much it did, it tells once how its link stood at the end', async () => {
    const standing = { status: 'in_sync', reason: 'agreed', ids: { teamwork: '1', desk: null } } as const;
    let turns = 0;
    worker = await startScriptedWorker({
      observe: () => Promise.resolve('present'),
      decide: inTurn(nothing),
      finishDue: async () => {
        if (++turns === 1) await handle.signal(changed, { ...live, read: ['desk'] });
        return turns === 1 ? { ...standing, status: 'failing', reason: 'refused' } : standing;
      },
    });
    const handle = await worker.client.workflow.signalWithStart('syncCustomer', {
      workflowId: 'acme/customer/7',
      taskQueue: engineQueue,
      args: [input],
      signal: changed,
      signalArgs: [live],
    });
    await handle.result();
    expect(turns).toBe(2);
    const { typedSearchAttributes: told } = await handle.describe();
    const valueOf = (key: keyof typeof attribute) => told.get({ ...attribute[key] }) ?? null;
    expect([valueOf('linkStatus'), valueOf('reason'), valueOf('teamworkId'), valueOf('deskId')]).toEqual([
      ...['in_sync', 'agreed', '1', null],
    ]);
    const { events } = await handle.fetchHistory();
    const upserts = (events ?? []).filter((event) => event.upsertWorkflowSearchAttributesEventAttributes);
    expect(upserts).toHaveLength(1);
  });

  test('R22, R23: what the vendor does not prove to be missing is not restored', async () => {
    worker = await startScriptedWorker({
      observe: ({ side }) => Promise.resolve(side === 'desk' ? 'unconfirmed' : 'present'),
      operate: () => Promise.reject(new Error('It was carried out.')),
    });
    const start = new WithStartWorkflowOperation('syncCustomer', {
      ...{ workflowId: 'acme/customer/7', taskQueue: engineQueue, args: [input] },
      workflowIdConflictPolicy: 'USE_EXISTING',
    });
    const answer = await worker.client.workflow.executeUpdateWithStart(operationUpdates.restore, {
      ...{ args: [{ verb: 'restore', withPeople: false }], startWorkflowOperation: start },
    });
    expect(answer).toMatchObject({ done: false, why: 'not_read' });
  });

  test('B2: continued as new it does what it was told meanwhile', async () => {
    const read: Side[] = [];
    let release = (): void => undefined;
    const held = new Promise<void>((done) => (release = done));
    worker = await startScriptedWorker({
      observe: async ({ side }) => {
        read.push(side);
        await held;
        return 'present';
      },
      decide: inTurn(nothing),
      finishDue: () => Promise.resolve(null),
    });
    const handle = await worker.client.workflow.signalWithStart('syncCustomer', {
      workflowId: 'acme/customer/7',
      taskQueue: engineQueue,
      args: [input],
      signal: changed,
      signalArgs: [{ ...live, read: ['desk'] }],
    });
    await until(() => read.length > 0);
    const { runId } = await handle.describe();
    // The server proposes to continue as new when a history has grown to 4 MB.
    const weight = 'x'.repeat(200_000);
    for (let sent = 0; sent < 25; sent++) await handle.signal('unknown', weight);
    await handle.signal(changed, { ...live, read: ['teamwork'] });
    release();
    await handle.result();
    expect((await handle.describe()).runId).not.toBe(runId);
    expect(read.at(-1)).toBe('teamwork');
  });

  test('R15: what a look may not see stays unknown until later', async () => {
    const calls = await told({
      decide: inTurn<Decided>({ ...nothing, look: 'desk' }),
      look: inTurn('unconfirmed' as const),
    });
    expect(calls).toEqual(['decide', 'look', 'finishDue']);
  });

  test('loses no signal that comes while it works or ends', async () => {
    let signalled = 0;
    let read = 0;
    worker = await startScriptedWorker({
      observe: () => {
        read = signalled;
        return Promise.resolve('present');
      },
      decide: inTurn(nothing),
      finishDue: () => Promise.resolve(null),
    });
    const { client } = worker;
    for (let round = 1; round <= 100; round++) {
      signalled = round;
      const handle = await client.workflow.signalWithStart('syncCustomer', {
        workflowId: 'acme/customer/7',
        taskQueue: engineQueue,
        args: [input],
        signal: changed,
        signalArgs: [{ ...live, read: ['desk'] }],
      });
      // Every few signals the run is let end, so that they meet it at all moments of its life.
      if (round % 10 === 0) {
        await handle.result();
        expect(read).toBe(signalled);
      }
    }
  });
});
