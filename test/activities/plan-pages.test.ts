/** A run decides page after page, the next one read meanwhile, and goes on where it was. */
import { MockActivityEnvironment } from '@temporalio/testing';
import { planPagesWith, type Place } from '../../src/activities/plan-pages';
import type { Store } from '../../src/ports/store';

const input = { site: 'acme', run: 'run-1', mode: 'sync', kind: 'customer' } as const;

/** A store of two pages a side; `leaves` says how many decisions of a page nobody carries out. */
function store(leaves: (page: string) => number = () => 0) {
  const acts: string[] = [];
  let page = '';
  const port = {
    run: () => Promise.resolve({ state: 'running' }),
    undecided: (_site: string, _run: string, _kind: string, side: string, after: string | null) => {
      acts.push(`read ${side} ${after ?? 'first'}`);
      return Promise.resolve({ views: [], last: after === null ? 'second' : null });
    },
    settle: () => {
      page = acts.filter((act) => act.startsWith('settle')).length.toString();
      acts.push(`settle ${page}`);
      return Promise.resolve(leaves(page));
    },
    keepPlanned: () => Promise.resolve(void acts.push('keep')),
  } as unknown as Store;
  return { acts, planPages: planPagesWith({ store: port }) };
}

const bothPages = (side: string, settled: number) => [
  `read ${side} first`,
  `read ${side} second`,
  `settle ${settled}`,
  `settle ${settled + 1}`,
];

test('the next page is read before this one is settled', async () => {
  const { acts, planPages } = store();
  await new MockActivityEnvironment().run(() => planPages(input));
  expect(acts).toEqual([...bothPages('teamwork', 0), ...bothPages('desk', 2)]);
});

test('a side of which decisions were left is gone through once more, and not again', async () => {
  const { acts, planPages } = store((page) => (page === '1' || page === '3' ? 1 : 0));
  await new MockActivityEnvironment().run(() => planPages(input));
  expect(acts).toEqual([...bothPages('teamwork', 0), ...bothPages('teamwork', 2), ...bothPages('desk', 4)]);
});

test('another attempt goes on at the page that was told', async () => {
  const heartbeatDetails: Place = { side: 'teamwork', after: 'first', decided: 5, left: 1, again: false };
  const { acts, planPages } = store();
  const told = await new MockActivityEnvironment({ heartbeatDetails }).run(() => planPages(input));
  expect(acts).toEqual([
    ...['read teamwork first', 'settle 0'],
    ...bothPages('teamwork', 1),
    ...bothPages('desk', 3),
  ]);
  expect(told).toEqual({ decided: 5 });
});

test('R2 a plan keeps what it decides and carries out nothing', async () => {
  const { acts, planPages } = store();
  await new MockActivityEnvironment().run(() => planPages({ ...input, mode: 'plan' }));
  expect(acts.filter((act) => !act.startsWith('read'))).toEqual(['keep', 'keep', 'keep', 'keep']);
});
