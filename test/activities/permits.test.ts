/** What a short budget does to an activity of several calls. */
import { MockActivityEnvironment } from '@temporalio/testing';
import { observeWith } from '../../src/activities/observe';
import { permitOrRetry } from '../../src/activities/permits';
import { ApiError } from '../../src/domain/errors';
import type { Apis } from '../../src/ports/apis';
import type { Budget, Priority } from '../../src/ports/budget';
import type { Store } from '../../src/ports/store';

/** Never has a second call to spare: whoever asks again is told to wait. */
function shortBudget(): Budget {
  let taken = false;
  return {
    take() {
      taken = !taken;
      const granted = { grantedAt: '2026-01-01T00:00:00.000Z', answered: () => Promise.resolve() };
      return Promise.resolve(taken ? { granted } : { waitMs: 1, comeBackMs: 1 });
    },
  };
}

test('A8, R23: a record that is gone is proved with a budget that has no two calls to spare', async () => {
  const gone: string[] = [];
  const store = {
    view: () =>
      Promise.resolve({
        link: { ids: { teamwork: '5', desk: '7' } },
        records: { teamwork: null, desk: null },
      }),
    controlRecords: () => Promise.resolve([{ kind: 'company', id: '6' }]),
    recordObservation: () => Promise.resolve(),
    recordGone: (_site: string, _side: string, _kind: string, id: string) => {
      gone.push(id);
      return Promise.resolve();
    },
  } as unknown as Store;
  const api = {
    read: (_permit: unknown, _kind: string, id: string) =>
      id === '6'
        ? Promise.resolve({})
        : Promise.reject(new ApiError('gone', 'It is gone.', { status: 404, effectUnknown: false })),
  };
  const apis = { of: () => Promise.resolve(api) } as unknown as Apis;
  const same = () => Promise.resolve(true);
  const accounts = { probe: () => Promise.resolve('same' as const), stillTheSame: same, provenSame: same };
  const observe = observeWith({ store, budget: shortBudget(), apis, accounts });
  const input = { site: 'acme', link: 1, side: 'teamwork', kind: 'company', priority: 4, run: null } as const;
  expect(await new MockActivityEnvironment().run(observe, input)).toBe('gone');
  expect(gone).toEqual(['5']);
});

test('A8: of calls of runs, three wait for the next free one in their slots; the others give theirs back', async () => {
  const granted = { grantedAt: '2026-01-01T00:00:00.000Z', answered: () => Promise.resolve() };
  const asked = new Map<number, number>();
  const budget: Budget = {
    take({ write }) {
      const times = (asked.get(write?.link ?? 0) ?? 0) + 1;
      asked.set(write?.link ?? 0, times);
      return Promise.resolve(times > 2 ? { granted } : { waitMs: 1, comeBackMs: 1 });
    },
  };
  const ask = (link: number, priority: Priority) => {
    const call = {
      site: 'acme',
      side: 'desk',
      priority,
      run: null,
      write: { kind: 'company', link },
    } as const;
    return new MockActivityEnvironment().run(() => permitOrRetry(budget, call));
  };
  const outcomes = await Promise.allSettled([
    ask(1, 4),
    ask(2, 3),
    ask(3, 4),
    ask(4, 4),
    ask(5, 1),
    ask(6, 2),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual([
    'fulfilled',
    'fulfilled',
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
  ]);
  asked.clear();
  await expect(ask(4, 4)).resolves.toEqual(granted);
});
