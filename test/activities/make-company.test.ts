/** R5, R15: a company that an operator ordered is made once, in the account first seen, and adopted only if it is ours. */
import { MockActivityEnvironment } from '@temporalio/testing';
import { makeCompanyWith, type MakeCompanyResult } from '../../src/activities/make-company';
import { ApiError } from '../../src/domain/errors';
import type { Observation } from '../../src/domain/record';
import type { Apis } from '../../src/ports/apis';
import type { CompanyOrder } from '../../src/ports/new-companies';
import type { OperationStore } from '../../src/ports/operations';
import type { Store } from '../../src/ports/store';
import { company } from '../support/store-world';

const sentAt = '2026-03-01T10:00:00.000Z';
const ours: Observation = { ...company('desk', '7', 'Acme'), createdBy: '12', createdAt: sentAt };
const theirs: Observation = { ...ours, createdBy: '13' };

interface Desk {
  readonly state: CompanyOrder['state'];
  readonly found?: readonly Observation[];
  readonly isSame?: boolean;
  readonly creates?: () => Promise<{ readonly observation: Observation | null }>;
}

/** What comes of the order, and what was noted and called for it, in turn. */
async function made({ state, found = [], isSame = true, creates }: Desk) {
  const acts: string[] = [];
  const noting =
    <T>(name: string, answer: T) =>
    () => (acts.push(name), Promise.resolve(answer));
  const order = {
    ...{ state, sentAt, settlesInMs: 0, fields: { name: 'Acme' }, domains: [] },
    ...{ addAsClient: false, link: null, deskId: null, reason: null },
  };
  const operations = {
    companyOrder: () => Promise.resolve(order),
    companySent: noting('sent', 'sent'),
    companyUnknown: noting('unknown', undefined),
    companyNotMade: noting('not made', undefined),
    companyRefused: noting('refused', undefined),
    companyMade: noting('made', 5),
  } as unknown as OperationStore;
  const store = {
    wasKnownBefore: () => Promise.resolve(false),
    site: () => Promise.resolve({ users: { teamwork: '11', desk: '12' } }),
    drainState: () => Promise.resolve({ open: 0, ready: 0, later: 0, nextAt: null }),
  } as unknown as Store;
  const api = {
    find: noting('find', found),
    create: () => (acts.push('create'), creates?.() ?? Promise.resolve({ observation: ours })),
  };
  const granted = { grantedAt: sentAt, answered: () => Promise.resolve() };
  const same = () => Promise.resolve(isSame);
  const makeCompany = makeCompanyWith({
    ...{ store, operations, budget: { take: () => Promise.resolve({ granted }) } },
    apis: { of: () => Promise.resolve(api) } as unknown as Apis,
    entities: { start: () => Promise.resolve() },
    accounts: { probe: () => Promise.resolve('same'), stillTheSame: same, provenSame: same },
  });
  const run = () => makeCompany({ site: 'acme', order: 'o' });
  return { result: (await new MockActivityEnvironment().run(run)) satisfies MakeCompanyResult, acts };
}

test('R15: it is stored as sent before it is', async () => {
  expect(await made({ state: 'ordered' })).toEqual({
    result: { state: 'made', link: 5, deskId: '7' },
    acts: ['find', 'sent', 'create', 'made'],
  });
});

test('R29: behind an address that leads to another account nothing is made', async () => {
  expect(await made({ state: 'ordered', isSame: false })).toEqual({
    result: { state: 'refused', why: 'frozen', holder: null },
    acts: ['refused'],
  });
});

test('R15: one that was sent by a worker that died is of unknown outcome, and not sent again', async () => {
  expect(await made({ state: 'sent' })).toMatchObject({ result: { state: 'settling' }, acts: ['unknown'] });
});

test.each([true, false])(
  'R15: of a failed answer the effect decides (unknown: %s)',
  async (effectUnknown) => {
    const failing = { status: 400, effectUnknown };
    const creates = () => Promise.reject(new ApiError('invalid', 'no', failing));
    const { result, acts } = await made({ state: 'ordered', creates });
    expect([result.state, ...acts]).toEqual(
      effectUnknown
        ? ['settling', 'find', 'sent', 'create', 'unknown']
        : ['refused', 'find', 'sent', 'create', 'not made', 'refused'],
    );
  },
);

test('R15: looked for after the settle time, what we made is ours', async () => {
  expect(await made({ state: 'unknown', found: [theirs, ours] })).toEqual({
    result: { state: 'made', link: 5, deskId: '7' },
    acts: ['find', 'made'],
  });
});

test.each([
  ['of another user', theirs],
  ['that says something else', { ...ours, fields: { name: 'Acme Ltd' } }],
  ['that is deleted', { ...ours, deleted: true }],
])('R15: a namesake %s is not adopted; the order stands as it was', async (_what, found) => {
  expect(await made({ state: 'unknown', found: [found] })).toEqual({
    result: { state: 'settling', waitMs: 0 },
    acts: ['find', 'not made'],
  });
});
