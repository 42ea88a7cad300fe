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

async function observed(
  view: LinkView,
  side: Side,
  absent: readonly string[] = [],
): Promise<{ answer: string; read: string[]; gone: string[] }> {
  const read: string[] = [];
  const gone: string[] = [];
  const api = {
    read: (_permit: unknown, _kind: string, id: string) => {
      read.push(id);
      if (absent.includes(id))
        return Promise.reject(new ApiError('gone', 'gone', { status: 404, effectUnknown: false }));
      return Promise.resolve({ ...view.counterparts[0], id, presence: undefined });
    },
    find: () => Promise.resolve([]),
  };
  const store = {
    view: () => Promise.resolve(view),
    recordObservation: () => Promise.resolve(),
    controlRecords: () => Promise.resolve([{ kind: 'customer', id: 'control' }]),
    recordGone: (_site: string, _side: string, _kind: string, id: string) => Promise.resolve(gone.push(id)),
  };
  const same = () => Promise.resolve(true);
  const observe = observeWith({
    store: store as unknown as Store,
    budget,
    apis: { of: () => Promise.resolve(api) } as unknown as Apis,
    accounts: { probe: () => Promise.resolve('same' as const), stillTheSame: same, provenSame: same },
  });
  const input: ObserveInput = { site: 'acme', link: 1, side, kind: view.link.kind, priority: 1, run: null };
  return { answer: await new MockActivityEnvironment().run(observe, input), read, gone };
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
  expect(await observed(lost, 'desk', absent)).toEqual(expected);
});

test('R17: who survived in Desk is not read for what is read in Teamwork.com', async () => {
  expect(await observed(lost, 'teamwork')).toMatchObject({ answer: 'present', read: ['1'] });
});
