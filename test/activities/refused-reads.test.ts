/** R23: what a vendor refuses to show proves nothing, fails no workflow, and is asked for again later. */
import { MockActivityEnvironment } from '@temporalio/testing';
import { failureOf } from '../../src/activities/failures';
import { lookWith } from '../../src/activities/look';
import { observeWith } from '../../src/activities/observe';
import { ApiError, errorKinds, type ErrorKind } from '../../src/domain/errors';
import type { Apis } from '../../src/ports/apis';
import type { Budget } from '../../src/ports/budget';
import type { Store } from '../../src/ports/store';
import { aCompany, facing } from '../support/views';

const kept: readonly ErrorKind[] = ['forbidden', 'invalid', 'conflict'];
const input = { site: 'acme', link: 1, side: 'teamwork', kind: 'company', priority: 2, run: null } as const;
const same = () => Promise.resolve(true);
const budget: Budget = {
  take: () =>
    Promise.resolve({
      granted: { grantedAt: '2026-01-01T00:00:00.000Z', answered: () => Promise.resolve() },
    }),
};

/** A link with a write of unknown outcome, at a vendor whose reads fail so; what is told to the store. */
function refusing(kind: ErrorKind) {
  const told: string[] = [];
  const tell = (name: string) => () => Promise.resolve(void told.push(name));
  const refused = () => Promise.reject(new ApiError(kind, 'no', { status: 403, effectUnknown: false }));
  const store = {
    view: () => Promise.resolve(facing(aCompany('teamwork', '7'), [])),
    openIntent: () => Promise.resolve({ id: 'i', side: 'teamwork', values: { name: 'A' }, sentAt: '' }),
    parkUntil: (_site: string, _link: number, at: string) => {
      expect(Date.parse(at)).toBeGreaterThan(Date.now() + 60_000);
      return tell('parkUntil')();
    },
    ...Object.fromEntries(
      ['recordGone', 'closeIntent', 'confirmStep', 'freeze'].map((name) => [name, tell(name)]),
    ),
  };
  const ports = {
    store: store as unknown as Store,
    budget,
    apis: { of: () => Promise.resolve({ read: refused, find: refused }) } as unknown as Apis,
    accounts: { probe: () => Promise.resolve('same' as const), stillTheSame: same, provenSame: same },
  };
  return { ports, told };
}

test.each(kept)('R23 a record whose read ends in %s is neither gone nor given up', async (kind) => {
  const { ports, told } = refusing(kind);
  expect(await new MockActivityEnvironment().run(observeWith(ports), input)).toBe('unconfirmed');
  expect(told).toEqual(['parkUntil']);
});

test.each(kept)('R15 a look that ends in %s leaves the outcome unknown', async (kind) => {
  const { ports, told } = refusing(kind);
  expect(await new MockActivityEnvironment().run(lookWith(ports), input)).toBe('unconfirmed');
  expect(told).toEqual(['parkUntil']);
});

test('a failed read is tried again, whatever it failed of, and when the vendor says so', () => {
  for (const kind of errorKinds) {
    const facts = { status: 429, effectUnknown: false };
    const failure = failureOf(new ApiError(kind, 'no', { ...facts, retryAfterMs: 7_000 }));
    expect([failure.type, failure.nonRetryable, failure.nextRetryDelay]).toEqual([kind, false, 7_000]);
    expect(failureOf(new ApiError(kind, 'no', facts)).nextRetryDelay ?? null).toBeNull();
  }
});
