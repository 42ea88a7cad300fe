/** What a poll reads, and since when the next one does: what is skipped here nobody sees until a whole listing is read. */
import { MockActivityEnvironment } from '@temporalio/testing';
import { pollWith, type PollInput, type PollResult } from '../../src/activities/poll';
import { ApiError, type ErrorKind } from '../../src/domain/errors';
import type { Apis, ChangesPage, DeletionsPage, ListingPage } from '../../src/ports/apis';
import type { Budget } from '../../src/ports/budget';
import type { Store } from '../../src/ports/store';
import { company } from '../support/store-world';

const input: PollInput = { site: 'acme', side: 'desk', kind: 'company', news: 'changed' };
const since = '2026-03-01T09:00:00.000Z';
const minute = (n: number) => new Date(Date.parse('2026-03-01T10:00:00Z') + n * 60_000).toISOString();

/** One record, changed at that minute; the vendor answered then. */
const page = (id: string, changed: number, answered: number, next: string | null): ChangesPage => ({
  observations: [{ ...company('desk', id, `Company ${id}`), updatedAt: minute(changed) }],
  unreadable: [],
  next,
  total: null,
  answeredAt: minute(answered),
});

interface Polled {
  readonly result: PollResult;
  readonly cursors: readonly (string | null)[];
  readonly moved: readonly { readonly since: string; readonly begunAt: string }[];
  readonly frozen: readonly string[];
}

async function polled(
  pages: readonly (ChangesPage | ErrorKind)[],
  of: { readonly frozen?: string; readonly isSame?: boolean } = {},
): Promise<Polled> {
  const cursors: (string | null)[] = [];
  const moved: { since: string; begunAt: string }[] = [];
  const frozen: string[] = [];
  let granted = 0;
  const store = {
    watchedSince: () => Promise.resolve(since),
    site: () => Promise.resolve({ frozen: of.frozen ?? null }),
    recordNews: () => Promise.resolve(1),
    moveWatched: (_site: string, _which: object, to: { since: string; begunAt: string }) =>
      Promise.resolve(void moved.push({ since: to.since, begunAt: to.begunAt })),
    freeze: (_site: string, sentence: string) => Promise.resolve(void frozen.push(sentence)),
  } as unknown as Store;
  const budget: Budget = {
    take: () =>
      Promise.resolve({ granted: { grantedAt: minute(granted++), answered: () => Promise.resolve() } }),
  };
  const changes = (_permit: object, _kind: string, _since: string, cursor: string | null) => {
    const answer = pages[cursors.push(cursor) - 1] ?? 'contract';
    if (typeof answer !== 'string') return Promise.resolve(answer);
    return Promise.reject(new ApiError(answer, 'no', { status: 403, effectUnknown: false }));
  };
  const same = () => Promise.resolve(of.isSame ?? true);
  const poll = pollWith({
    ...{ store, budget, apis: { of: () => Promise.resolve({ changes }) } as unknown as Apis },
    accounts: { probe: () => Promise.resolve('same'), stillTheSame: same, provenSame: same },
  });
  const result = await new MockActivityEnvironment().run<[PollInput], PollResult, typeof poll>(poll, input);
  return { result, cursors, moved, frozen };
}

test('B3: the next poll begins where the first page was asked for, for the other pages took their time', async () => {
  const { result, cursors, moved } = await polled([page('1', -1, 0, 'more'), page('2', 4, 5, null)]);
  expect(result).toEqual({ done: true, news: 2 });
  expect(cursors).toEqual([null, 'more']);
  expect(moved).toEqual([{ since: '2026-03-01T09:59:55.000Z', begunAt: minute(0) }]);
});

test('B3: pages that do not add up move no cursor', async () => {
  const pages = [page('1', -1, 0, 'more'), { ...page('2', -1, 0, null), total: 3 }];
  expect(await polled(pages)).toMatchObject({ result: { done: false, why: 'incomplete' }, moved: [] });
});

test('B3: a poll that fails on its way moves no cursor', async () => {
  await expect(polled([page('1', -1, 0, 'more'), 'unavailable'])).rejects.toThrow();
  const refused = await polled([page('1', -1, 0, 'more'), 'forbidden']);
  expect(refused).toMatchObject({ result: { done: false, why: 'refused' }, moved: [], frozen: [] });
});

test.each([
  ['a frozen site', { frozen: 'Another account answers.' }],
  ['a site whose accounts are others', { isSame: false }],
])('R29 %s is not polled', async (_what, of) => {
  expect(await polled([page('1', -1, 0, null)], of)).toMatchObject({
    ...{ result: { done: false, why: 'frozen' }, cursors: [], moved: [] },
  });
});

test('R23 a credential that is not accepted freezes the site, and moves no cursor', async () => {
  const { result, moved, frozen } = await polled(['auth']);
  expect([result, moved, frozen.length]).toEqual([{ done: false, why: 'frozen' }, [], 1]);
});

/** What a poll of deletions or of a whole listing tells the store, of pages asked for minute after minute. */
async function told(news: 'deleted' | 'listed', pages: readonly (DeletionsPage | ListingPage)[]) {
  const tellings: unknown[] = [];
  const tell = (_site: string, side: string, kind: string, what: object) => {
    tellings.push({ side, kind, ...what });
    return Promise.resolve({ missing: 2, complete: true });
  };
  let granted = 0;
  const store = {
    watchedSince: () => Promise.resolve(since),
    site: () => Promise.resolve({ frozen: null }),
    recordNews: () => Promise.resolve(1),
    recordDeletionSigns: async (...signs: Parameters<typeof tell>) => (await tell(...signs)).missing,
    recordListed: tell,
    moveWatched: (_site: string, which: object, to: object) =>
      Promise.resolve(void tellings.push({ ...which, ...to })),
  } as unknown as Store;
  const budget: Budget = {
    take: () =>
      Promise.resolve({ granted: { grantedAt: minute(granted++), answered: () => Promise.resolve() } }),
  };
  const next = (_permit: object, ...asked: readonly (string | null)[]) =>
    Promise.resolve(pages[Number(asked.at(-1) ?? 0)]);
  const same = () => Promise.resolve(true);
  const poll = pollWith({
    ...{ store, budget },
    apis: { of: () => Promise.resolve({ list: next, deletions: next }) } as unknown as Apis,
    accounts: { probe: () => Promise.resolve('same'), stillTheSame: same, provenSame: same },
  });
  const run = () => poll({ ...input, news });
  return { result: await new MockActivityEnvironment().run(run), tellings };
}

test('R23 of a whole listing all that it shows is told, what cannot be read too, and both of its counts', async () => {
  const listed = (id: string, total: number, next: string | null): ListingPage => ({
    observations: [company('desk', id, `Company ${id}`)],
    unreadable: [{ id: `${id}0`, problem: 'name: none' }],
    ...{ next, total },
  });
  const { result, tellings } = await told('listed', [listed('1', 5, '1'), listed('2', 4, null)]);
  const which = { side: 'desk', kind: 'company' };
  expect(tellings).toEqual([
    {
      ...{ ...which, begunAt: minute(0), seen: 4, leastTotal: 4, mostTotal: 5 },
      unreadable: ['10', '20'],
    },
    { ...which, news: 4, complete: true, since: minute(0), begunAt: minute(0), everyMs: null },
  ]);
  expect(result).toEqual({ done: true, news: 4 });
});

test('R23 a deletion is told as a sign of the moment at which its page was asked for', async () => {
  const gone = (id: string, next: string | null): DeletionsPage => ({
    ...{ deleted: [{ id, at: minute(-1) }], next, answeredAt: minute(0) },
  });
  const { result, tellings } = await told('deleted', [gone('1', '1'), gone('2', null)]);
  const which = { side: 'desk', kind: 'company' };
  expect(tellings).toMatchObject([
    { ...which, ids: ['1'], readAt: minute(0) },
    { ...which, ids: ['2'], readAt: minute(1) },
    { ...which, since: '2026-03-01T09:58:55.000Z', begunAt: minute(0) },
  ]);
  expect(result).toEqual({ done: true, news: 4 });
});
