/** R29: how often the accounts are asked who they are, and who waits for the answer. */
import { sameAccountsWith } from '../../src/activities/same-accounts';
import { ApiError, type ErrorKind } from '../../src/domain/errors';
import type { Side } from '../../src/domain/record';
import type { Apis } from '../../src/ports/apis';
import type { Budget } from '../../src/ports/budget';
import type { Store } from '../../src/ports/store';

const holdForMs = 15_000;
const createdAt = '2026-01-01T00:00:00Z';

/** A site whose two accounts answer when they are let. */
function asked() {
  const calls: { side: Side; priority: number }[] = [];
  const frozen: string[] = [];
  const answering: (() => void)[] = [];
  let isOther = false;
  let failing: ErrorKind | null = null;
  const site = {
    id: 'acme',
    frozen: null,
    ownerCompanyId: '1',
    deskPins: [{ kind: 'company', id: '7', createdAt }],
  };
  const store = {
    site: () => Promise.resolve({ ...site, frozen: frozen[0] ?? null }),
    credentials: () => Promise.resolve({}),
    freeze: (_site: string, sentence: string) => Promise.resolve(void frozen.push(sentence)),
  } as unknown as Store;
  const budget: Budget = {
    take({ side, priority }) {
      calls.push({ side, priority });
      return Promise.resolve({ granted: { grantedAt: createdAt, answered: () => Promise.resolve() } });
    },
  };
  const read = () =>
    new Promise((resolve, reject) => {
      answering.push(() => {
        if (failing === null) resolve({ scope: isOther ? 'client' : 'owner', createdAt });
        else reject(new ApiError(failing, 'no', { status: 500, effectUnknown: false }));
      });
    });
  const apis = { withAccess: () => ({ read }) } as unknown as Apis;
  const accounts = sameAccountsWith({ store, budget, apis, accountsHoldForMs: holdForMs });
  return {
    accounts,
    calls,
    frozen,
    becomeOther: () => (isOther = true),
    becomeItself: () => (isOther = false),
    failWith: (kind: ErrorKind) => (failing = kind),
    async answer() {
      await jest.advanceTimersByTimeAsync(0);
      for (const one of answering.splice(0)) one();
      await jest.advanceTimersByTimeAsync(0);
    },
  };
}

async function sure(of: ReturnType<typeof asked>): Promise<boolean> {
  const same = of.accounts.stillTheSame('acme');
  await of.answer();
  return same;
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('R29 both sides are asked at once, and nobody again while the answer holds', async () => {
  const site = asked();
  expect(await sure(site)).toBe(true);
  expect(site.calls).toEqual([
    { side: 'teamwork', priority: 2 },
    { side: 'desk', priority: 2 },
  ]);
  jest.advanceTimersByTime(holdForMs / 2);
  expect(await site.accounts.stillTheSame('acme')).toBe(true);
  expect(site.calls).toHaveLength(2);
});

test('R29 shortly before the answer is too old they are asked on the side, and nobody waits', async () => {
  const site = asked();
  await sure(site);
  jest.advanceTimersByTime(holdForMs - 1_000);
  expect(await site.accounts.stillTheSame('acme')).toBe(true);
  expect(await site.accounts.stillTheSame('acme')).toBe(true);
  await site.answer();
  expect(site.calls.slice(2)).toEqual([
    { side: 'teamwork', priority: 2 },
    { side: 'desk', priority: 2 },
  ]);
  jest.advanceTimersByTime(2_000);
  expect(await site.accounts.stillTheSame('acme')).toBe(true);
  expect(site.calls).toHaveLength(4);
});

test('R29 another account that answers on the side freezes the site before the old answer ends', async () => {
  const site = asked();
  await sure(site);
  site.becomeOther();
  jest.advanceTimersByTime(holdForMs - 1_000);
  expect(await site.accounts.stillTheSame('acme')).toBe(true);
  // Once more, for a single answer proves nothing (R23).
  await site.answer();
  await site.answer();
  expect(site.frozen).toHaveLength(1);
  jest.advanceTimersByTime(2_000);
  expect(await sure(site)).toBe(false);
});

test('R29 while a poll asks, an edit goes on with the last answer', async () => {
  const site = asked();
  await sure(site);
  const polled = site.accounts.provenSame('acme');
  expect(await site.accounts.stillTheSame('acme')).toBe(true);
  await site.answer();
  expect(await polled).toBe(true);
  expect(site.calls).toHaveLength(4);
});

test('R29, R23: a single answer of another account freezes nothing', async () => {
  const site = asked();
  site.becomeOther();
  const same = site.accounts.stillTheSame('acme');
  await site.answer();
  site.becomeItself();
  await site.answer();
  expect([await same, site.frozen]).toEqual([true, []]);
});

test.each([
  ['gone', 'Another Teamwork.com account answers'],
  ['auth', 'no longer accepts the credential'],
] as const)('R29 an account of which every record is %s freezes the site', async (kind, sentence) => {
  const site = asked();
  site.failWith(kind);
  const same = site.accounts.stillTheSame('acme');
  await site.answer();
  await site.answer();
  expect([await same, site.frozen]).toEqual([false, [expect.stringContaining(sentence)]]);
});

test('R29, R23: an account that is away is neither another nor proven the same, and holds no edit up', async () => {
  const site = asked();
  site.failWith('unavailable');
  const same = site.accounts.stillTheSame('acme');
  await site.answer();
  const proven = site.accounts.provenSame('acme');
  await site.answer();
  expect([await same, await proven, site.frozen]).toEqual([true, false, []]);
});
