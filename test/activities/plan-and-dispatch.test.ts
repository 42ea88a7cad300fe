/** A run writes from its first page on, and what fails in one half of it does not leave the other running. */
import { MockActivityEnvironment } from '@temporalio/testing';
import { planAndDispatchWith } from '../../src/activities/plan-and-dispatch';
import type { EntityStarter } from '../../src/ports/due';
import type { Reads } from '../../src/ports/reads';
import type { Store } from '../../src/ports/store';
import { until } from '../support/until';

const input = { site: 'acme', run: 'run-1', mode: 'sync', kind: 'customer' } as const;

/** A store whose first page makes one link due, and that is asked for a second page by `secondPage`. */
function ports(secondPage: () => Promise<unknown>) {
  const state = { ready: 0, started: 0, looks: 0, later: 0 };
  const store = {
    run: () => Promise.resolve({ state: 'running' }),
    undecided: async (_site: string, _run: string, _kind: string, side: string, after: string | null) => {
      if (side === 'desk') return { views: [], last: null };
      if (after !== null) await secondPage();
      return { views: [], last: after === null ? '1' : null };
    },
    settle: () => ((state.ready = state.started === 0 ? 1 : 0), Promise.resolve(0)),
    drainState: () => (
      (state.looks += 1),
      Promise.resolve({ open: 0, ready: state.ready, later: state.later })
    ),
    claimDue: () => ((state.ready = 0), Promise.resolve([{ link: 1 }])),
  } as unknown as Store;
  const limit = { limitPerMinute: 120, usedLastMinute: 0 };
  const reads = {
    budgets: () => Promise.resolve({ teamwork: limit, desk: limit }),
  } as unknown as Reads;
  const entities: EntityStarter = { start: () => ((state.started += 1), Promise.resolve()) };
  return { state, work: planAndDispatchWith({ store, reads, entities }) };
}

test('R3: what the first page made due is written while the next one is decided', async () => {
  const { state, work } = ports(() => until(() => state.started === 1));
  expect(await new MockActivityEnvironment().run(work, input)).toEqual({ state: 'drained', started: 1 });
});

test('a page that cannot be decided ends the dispatching, too', async () => {
  const { state, work } = ports(() => Promise.reject(new Error('The database is away.')));
  await expect(new MockActivityEnvironment().run(work, input)).rejects.toThrow('The database is away.');
  const looks = state.looks;
  await new Promise((next) => setTimeout(next, 500));
  expect(state.looks).toBe(looks);
});

test('what it tells on its way is the page where the next attempt goes on', async () => {
  const env = new MockActivityEnvironment();
  const told: unknown[] = [];
  env.on('heartbeat', (details: unknown) => told.push(details));
  const { state, work } = ports(() => until(() => state.looks > 3));
  await env.run(work, input);
  expect(told.every((details) => (details as { side?: string } | undefined)?.side !== undefined)).toBe(true);
  expect(told).toContainEqual({ side: 'teamwork', after: '1', decided: 0, left: 0, again: false });
});

test('R3 a run is not through while something of it is due later', async () => {
  const { state, work } = ports(() => Promise.resolve());
  state.later = 1;
  let isThrough = false;
  const through = new MockActivityEnvironment().run(work, input).finally(() => (isThrough = true));
  const looks = state.looks;
  await until(() => isThrough || state.looks > looks + 5);
  expect([isThrough, state.started]).toEqual([false, 1]);
  state.later = 0;
  expect(await through).toEqual({ state: 'drained', started: 1 });
});
