/** What one turn of a link's workflow asks of its activities: which reads, how urgent, on what ground it creates. */
import { WithStartWorkflowOperation } from '@temporalio/client';
import type { Decided } from '../../src/activities/decide';
import type { ObserveInput } from '../../src/activities/observe';
import type { ApplyInput } from '../../src/activities/step';
import type { Operation, OperationResult } from '../../src/ports/operations';
import {
  changed,
  operationUpdates,
  stateQuery,
  type EntityInput,
  type Hint,
} from '../../src/workflows/messages';
import { engineQueue } from '../../src/workflows/queues';
import { startScriptedWorker, type Script, type ScriptedWorker } from '../support/scripted-worker';
import { until } from '../support/until';

const input: EntityInput = { site: 'acme', kind: 'customer', link: 7 };
const hint = (more: Partial<Hint> = {}): Hint => ({ read: [], priority: 1, run: null, ...more });
const nothing: Decided = {
  ...{ kind: 'customer', status: 'in_sync', reason: 'agreed', planId: null, steps: [] },
  ...{ readAgain: [], companyFirst: null, look: null },
};
const create: Decided = { ...nothing, planId: 'p', steps: [{ side: 'desk', action: 'create' }] };
const update: Decided = { ...nothing, planId: 'p', steps: [{ side: 'desk', action: 'update' }] };

let worker: ScriptedWorker | undefined;
afterEach(() => worker?.stop());

/** The activities that were called, in turn, with what matters of their input. */
let calls: string[] = [];
const readOf = ({ kind, link, side, priority, run }: ObserveInput) =>
  `read ${kind} ${link} ${side} ${priority} ${run ?? 'no run'}`;
const writeOf = ({ side, priority, run, fromListing }: ApplyInput) =>
  `write ${side} ${priority} ${run ?? 'no run'}${fromListing === true ? ' from a listing' : ''}`;

/** A worker whose decisions come one after the other; the last one again and again. */
async function working(decisions: readonly (Decided | null)[], script: Script = {}): Promise<ScriptedWorker> {
  calls = [];
  let next = 0;
  worker = await startScriptedWorker({
    decide: () => {
      calls.push('decide');
      return Promise.resolve(decisions[Math.min(next++, decisions.length - 1)] ?? null);
    },
    finishDue: () => (calls.push('finish'), Promise.resolve(null)),
    releaseDue: () => (calls.push('release'), Promise.resolve(null)),
    observe: (of) => (calls.push(readOf(of)), Promise.resolve('present')),
    apply: (of) => (calls.push(writeOf(of)), Promise.resolve('confirmed')),
    ...script,
  });
  return worker;
}

const start = { workflowId: 'acme/customer/7', taskQueue: engineQueue, args: [input] };
const tell = async (one: Hint) =>
  (worker as ScriptedWorker).client.workflow.signalWithStart('syncCustomer', {
    ...{ ...start, signal: changed, signalArgs: [one] },
  });

async function ask(operation: Operation) {
  const startWorkflowOperation = new WithStartWorkflowOperation('syncCustomer', {
    ...{ ...start, workflowIdConflictPolicy: 'USE_EXISTING' },
  });
  return (worker as ScriptedWorker).client.workflow.executeUpdateWithStart(operationUpdates[operation.verb], {
    ...{ args: [operation], startWorkflowOperation },
  });
}

async function turn(decisions: readonly (Decided | null)[], one: Hint, script?: Script) {
  await working(decisions, script);
  await (await tell(one)).result();
  return calls;
}

test('R23 what is created from a record that its turn has not read comes from a listing', async () => {
  expect(await turn([create], hint({ run: 'run-1', priority: 4 }))).toEqual([
    ...['decide', 'write desk 4 run-1 from a listing', 'finish'],
  ]);
});

test('R23 what is created from a record that was read directly does not', async () => {
  expect(await turn([create], hint({ read: ['teamwork'] }))).toEqual([
    ...['read customer 7 teamwork 1 no run', 'decide', 'write desk 1 no run', 'finish'],
  ]);
});

test('R23 that the target was read says nothing of what it is created from', async () => {
  expect(await turn([create], hint({ read: ['desk'] }))).toEqual([
    ...['read customer 7 desk 1 no run', 'decide', 'write desk 1 no run from a listing', 'finish'],
  ]);
});

test('R10 R11 what no run waits for is written as an edit of a user, beside an echo too', async () => {
  expect(await turn([update], hint({ read: ['teamwork'], priority: 3 }))).toEqual([
    ...['read customer 7 teamwork 3 no run', 'decide', 'write desk 2 no run', 'finish'],
  ]);
});

test('R10 what was decided already is written at once, and decided anew where it has moved', async () => {
  const plan = { planId: 'q', steps: [{ side: 'desk', action: 'update' }] } as const;
  const written = 'write desk 4 run-1';
  const told = hint({ plan, run: 'run-1', priority: 4 });
  expect(await turn([nothing], told)).toEqual([written, 'finish']);
  await worker?.stop();
  const apply: Script['apply'] = (of) => (calls.push(writeOf(of)), Promise.resolve('again'));
  expect(await turn([nothing], told, { apply })).toEqual([written, 'decide', 'finish']);
});

test('R10 what was decided before a read is decided after it', async () => {
  const plan = { planId: 'q', steps: [{ side: 'desk', action: 'update' }] } as const;
  expect(await turn([nothing], hint({ plan, read: ['desk'] }))).toEqual([
    ...['read customer 7 desk 1 no run', 'decide', 'finish'],
  ]);
});

test.each([
  ['R25 a company that is to be read first', { companyFirst: { link: 70, side: 'desk' } }, 'company 70'],
  ['R23 a record that looks gone', { readAgain: ['desk'] }, 'customer 7'],
] as const)('%s and proves nothing ends the turn', async (_what, decided, what) => {
  const observe: Script['observe'] = (of) => (calls.push(readOf(of)), Promise.resolve('unconfirmed'));
  expect(await turn([{ ...nothing, ...decided }], hint(), { observe })).toEqual([
    ...['decide', `read ${what} desk 1 no run`, 'finish'],
  ]);
});

test.each<[string, Hint, Decided, Script]>([
  ['read', hint({ read: ['desk'] }), update, { observe: () => Promise.resolve('stopped') }],
  ['look', hint(), { ...nothing, look: 'desk' }, { look: () => Promise.resolve('stopped') }],
  ['write', hint(), update, { apply: () => Promise.resolve('stopped') }],
])('R30 what a pause stops at a %s stays due', async (_, told, decided, script) => {
  const called = await turn([decided], told, script);
  expect(called.filter((call) => call !== 'decide')).toEqual(['release']);
});

test('many hints are one turn: all that is to be read, as urgent as the most urgent, for the run that waits', async () => {
  let release = (): void => undefined;
  const held = new Promise<void>((done) => (release = done));
  await working([nothing], {
    observe: async (of) => {
      calls.push(readOf(of));
      await held;
      return 'present';
    },
  });
  const handle = await tell(hint({ read: ['desk'] }));
  await until(() => calls.length === 1);
  await tell(hint({ read: ['desk'], priority: 4 }));
  await tell(hint({ read: ['teamwork'], priority: 2 }));
  await tell(hint({ priority: 3, run: 'run-1' }));
  release();
  await handle.result();
  expect([...calls].sort()).toEqual(
    [
      ...['read customer 7 desk 1 no run', 'decide', 'finish'],
      ...['read customer 7 desk 2 run-1', 'read customer 7 teamwork 2 run-1', 'decide', 'finish'],
    ].sort(),
  );
});

const done: OperationResult = { done: true, link: 7, status: 'in_sync', people: 0, offered: 0 };

test('R30 a pause does not wait for a write that the vendor does not answer', async () => {
  let release = (): void => undefined;
  const held = new Promise<void>((end) => (release = end));
  await working([update], {
    apply: async (of) => {
      calls.push(writeOf(of));
      await held;
      return 'confirmed';
    },
    operate: ({ operation }) => (calls.push(operation.verb), Promise.resolve(done)),
  });
  const handle = await tell(hint());
  await until(() => calls.includes('write desk 1 no run'));
  for (const verb of ['pause', 'resume'] as const) {
    const asked = ask({ verb });
    await until(async () => calls.includes(verb) || (await handle.query(stateQuery)).waiting > 0);
    // One that waited for its turn would wait for ever.
    if (!calls.includes(verb)) release();
    expect(await asked).toMatchObject({ done: true });
  }
  expect(calls).not.toContain('finish');
  release();
  await handle.result();
  expect(calls).toEqual(['decide', 'write desk 1 no run', 'pause', 'resume', 'finish']);
});

const reads = ['teamwork', 'desk'].map((side) => `read customer 7 ${side} 2 no run`);
test.each<[Operation['verb'], Operation, readonly string[]]>([
  ['relink', { verb: 'relink', withPeople: false }, reads],
  ['restore', { verb: 'restore', withPeople: false }, reads],
  ['ask', { verb: 'ask' }, reads],
  ['unlink', { verb: 'unlink' }, []],
])(
  'R22 R23 %s is carried out on what both products say now, or needs no read',
  async (verb, operation, before) => {
    await working([nothing], {
      operate: (of) => (calls.push(of.operation.verb), Promise.resolve(done)),
    });
    expect(await ask(operation)).toMatchObject({ done: true });
    expect(calls).toEqual([...before, verb]);
  },
);
