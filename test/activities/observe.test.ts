/** Which record of a side is read for a link that has none there, or has one that is gone. */
import { MockActivityEnvironment } from '@temporalio/testing';
import { observeWith, type ObserveInput } from '../../src/activities/observe';
import { ApiError } from '../../src/domain/errors';
import type { LinkView } from '../../src/domain/plan';
import type { Side } from '../../src/domain/record';
import type { Apis } from '../../src/ports/apis';
import type { Budget } from '../../src/ports/budget';
import type { Store } from '../../src/ports/store';
import { aCompany, aPerson, facing, linked } from '../support/views';

const budget: Budget = {
  take: () =>
    Promise.resolve({
      granted: { grantedAt: '2026-01-01T00:00:00.000Z', answered: () => Promise.resolve() },
    }),
};

const madeAt = '2026-01-01T00:00:00Z';

interface Around {
  /** Other linked records of that side. */
  readonly controls?: readonly string[];
  /** Whether both accounts say, when they are asked, that they are those first seen. */
  readonly isProven?: boolean;
  /** When the record was made that answers. */
  readonly createdAt?: string;
}

async function observed(
  view: LinkView,
  side: Side,
  absent: readonly string[] = [],
  { controls = ['control'], isProven = true, createdAt = madeAt }: Around = {},
): Promise<{ answer: string; read: string[]; gone: string[]; told: string[] }> {
  const read: string[] = [];
  const gone: string[] = [];
  const told: string[] = [];
  const api = {
    account: () => Promise.resolve(read.push('account')),
    read: (_permit: unknown, _kind: string, id: string) => {
      read.push(id);
      if (absent.includes(id))
        return Promise.reject(new ApiError('gone', 'gone', { status: 404, effectUnknown: false }));
      return Promise.resolve({ ...view.counterparts[0], id, createdAt, presence: undefined });
    },
    find: () => Promise.resolve([]),
  };
  const store = {
    view: () => Promise.resolve(view),
    recordObservation: () => Promise.resolve(told.push('seen')),
    parkUntil: () => Promise.resolve(told.push('parked')),
    controlRecords: () => Promise.resolve(controls.map((id) => ({ kind: 'customer', id }))),
    recordGone: (_site: string, _side: string, _kind: string, id: string) => Promise.resolve(gone.push(id)),
  };
  const accounts = {
    probe: () => Promise.resolve('same' as const),
    stillTheSame: () => Promise.resolve(true),
    provenSame: () => Promise.resolve(isProven),
  };
  const observe = observeWith({
    store: store as unknown as Store,
    budget,
    apis: { of: () => Promise.resolve(api) } as unknown as Apis,
    accounts,
  });
  const input: ObserveInput = { site: 'acme', link: 1, side, kind: view.link.kind, priority: 1, run: null };
  return { answer: await new MockActivityEnvironment().run(observe, input), read, gone, told };
}

const client = aCompany('teamwork', '7');
const missing = aCompany('desk', '9', {}, { presence: 'missing' });

test('R23: of a lone record the match that a listing lacks is read', async () => {
  expect(await observed(facing(client, [missing]), 'desk')).toMatchObject({ answer: 'present', read: ['9'] });
});

test.each<[string, LinkView]>([
  ['a match that is there', facing(client, [aCompany('desk', '9')])],
  ['one of several candidates', facing(client, [missing, aCompany('desk', '8')])],
  ['nobody', facing(client, [])],
])('R23: of a lone record %s is not read', async (_, view) => {
  expect(await observed(view, 'desk')).toMatchObject({ answer: 'absent', read: [] });
});

const lost = linked(aPerson('teamwork', '1'), aPerson('desk', '10', {}, { presence: 'gone' }), {
  survivor: { record: aPerson('desk', '11'), link: null, toldApart: false },
});
const proof = ['10', 'control', '10'];

test.each<[string, string[], { answer: string; read: string[]; gone: string[] }]>([
  ['is read after the one who is gone', ['10'], { answer: 'gone', read: [...proof, '11'], gone: ['10'] }],
  [
    'is gone as well, by the same proof',
    ['10', '11'],
    { answer: 'gone', read: [...proof, '11', 'control', '11'], gone: ['10', '11'] },
  ],
  ['is left alone where the one who was gone is back', [], { answer: 'present', read: ['10'], gone: [] }],
])('R17 R23: who survived, by the mirror, %s', async (_, absent, expected) => {
  expect(await observed(lost, 'desk', absent)).toMatchObject(expected);
});

test('R17: who survived in Desk is not read for what is read in Teamwork.com', async () => {
  expect(await observed(lost, 'teamwork')).toMatchObject({ answer: 'present', read: ['1'] });
});

const pair = linked(aCompany('teamwork', '1'), aCompany('desk', '9'));
const left = { answer: 'unconfirmed', gone: [], told: ['parked'] };

test.each<[string, readonly string[], readonly string[], object]>([
  ['is gone as well', ['9', 'control'], ['control'], { ...left, read: ['9', 'control'] }],
  ['are all gone', ['9', 'a', 'b'], ['a', 'b'], { ...left, read: ['9', 'a', 'b'] }],
  [
    'are gone but for one',
    ['9', 'a'],
    ['a', 'b'],
    { answer: 'gone', read: ['9', 'a', 'b', '9'], gone: ['9'] },
  ],
  [
    'are none, and the account answers',
    ['9'],
    [],
    { answer: 'gone', read: ['9', 'account', '9'], gone: ['9'] },
  ],
])('R23: what is gone while the control records %s', async (_, absent, controls, expected) => {
  expect(await observed(pair, 'desk', absent, { controls })).toMatchObject(expected);
});

test('R29: what is gone in an account that is not proven to be the one first seen is not taken as gone', async () => {
  expect(await observed(pair, 'desk', ['9'], { isProven: false })).toMatchObject(left);
});

test.each([
  ['is not read', false, { answer: 'stopped', told: [] }],
  [
    'is read where the account is proven to be the one first seen',
    true,
    { answer: 'present', told: ['seen'] },
  ],
])('R29: a record of that id that was made at another time %s', async (_, isProven, expected) => {
  const other = { isProven, createdAt: '2026-01-03T00:00:00.000Z' };
  expect(await observed(pair, 'desk', [], other)).toMatchObject(expected);
  expect(await observed(pair, 'desk', [], { isProven: false })).toMatchObject({ told: ['seen'] });
});
