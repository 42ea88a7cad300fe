/** A survey fetches a page while it stores the one before, and tells no place that a successor would lose a page by. */
import { MockActivityEnvironment } from '@temporalio/testing';
import { surveyWith } from '../../src/activities/survey';
import { ApiError } from '../../src/domain/errors';
import type { Apis, ListingPage } from '../../src/ports/apis';
import type { Budget } from '../../src/ports/budget';
import type { Store } from '../../src/ports/store';
import { until } from '../support/until';

const input = { site: 'acme', run: 'run-1', mode: 'sync', side: 'desk', kind: 'customer' } as const;

interface Place {
  readonly cursor: string | null;
  readonly pages: number;
}

/** Three pages; what happens while one is listed or stored is told by `during`. */
function world(during: (act: string) => Promise<void> = () => Promise.resolve()) {
  const acts: string[] = [];
  const act = async (name: string) => {
    acts.push(name);
    await during(name);
    acts.push(`${name} done`);
  };
  const nextOf: Readonly<Record<string, string | null>> = { first: 'second', second: 'third', third: null };
  const list = async (_permit: unknown, _kind: string, cursor: string | null): Promise<ListingPage> => {
    const name = cursor ?? 'first';
    await act(`list ${name}`);
    return { observations: [], unreadable: [], total: null, next: nextOf[name] ?? null, name } as ListingPage;
  };
  const ports = {
    store: {
      run: () => Promise.resolve({ state: 'running' }),
      beginSurvey: () => Promise.resolve(1),
      recordPage: (_site: string, _survey: number, page: ListingPage & { readonly name: string }) =>
        act(`store ${page.name}`),
      endSurvey: () => Promise.resolve({ seen: 0, missing: 0, complete: true }),
      freeze: () => act('freeze'),
    } as unknown as Store,
    budget: {
      take: () => Promise.resolve({ granted: { answered: () => Promise.resolve() } }),
    } as unknown as Budget,
    apis: { of: () => Promise.resolve({ list }) } as unknown as Apis,
  };
  const told: Place[] = [];
  /** Beats every few milliseconds: whatever may be told is. */
  const attempt = async (heartbeatDetails?: Place) => {
    const env = new MockActivityEnvironment({ heartbeatTimeoutMs: 8, heartbeatDetails });
    env.on('heartbeat', (place: Place) => told.push(place));
    return env.run(surveyWith(ports), input);
  };
  return { acts, told, attempt };
}

test('a page is fetched while the one before is stored', async () => {
  const { acts, attempt } = world(async (act) => {
    if (act === 'store first') await until(() => acts.includes('list second done'));
  });
  expect(await attempt()).toMatchObject({ done: true, pages: 3 });
  expect(acts.indexOf('list second done')).toBeLessThan(acts.indexOf('store first done'));
  expect(acts.filter((act) => act.startsWith('store'))).toEqual(
    ['first', 'second', 'third'].flatMap((page) => [`store ${page}`, `store ${page} done`]),
  );
});

test('a place is told when all pages before it are stored, and an attempt that fails loses none', async () => {
  let fails = true;
  const { acts, told, attempt } = world(async (act) => {
    if (!fails) return;
    if (act === 'list third') {
      const beats = told.length;
      await until(() => told.length > beats + 2);
    }
    if (act === 'store second') {
      await until(() => acts.includes('list third done'));
      throw new Error('The database is away.');
    }
  });
  await expect(attempt()).rejects.toThrow('The database is away.');
  expect(told.at(-1)).toEqual({ cursor: 'second', pages: 1 });
  fails = false;
  expect(await attempt(told.at(-1))).toMatchObject({ done: true, pages: 3 });
  for (const page of ['first', 'second', 'third']) expect(acts).toContain(`store ${page} done`);
});

test.each(['auth', 'forbidden'] as const)(
  'R23 a listing refused with %s freezes the site and concludes nothing',
  async (kind) => {
    const { acts, attempt } = world((name) =>
      name === 'list second'
        ? Promise.reject(new ApiError(kind, 'no', { status: 403, effectUnknown: false }))
        : Promise.resolve(),
    );
    expect(await attempt()).toEqual({ done: false, why: 'frozen' });
    expect(acts.filter((name) => name.endsWith('done'))).toEqual([
      ...['list first done', 'store first done', 'freeze done'],
    ]);
  },
);
