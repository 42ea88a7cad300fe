import { planLink } from '../../src/domain/planner';
import { retryAfterMs } from '../../src/domain/retries';
import { aCompany, linked } from '../support/views';

const minute = 60_000;

test('a write that is refused is tried again ever more rarely, and not for ever', () => {
  expect([1, 2, 3, 4, 5].map(retryAfterMs)).toEqual([
    15 * minute,
    60 * minute,
    240 * minute,
    960 * minute,
    null,
  ]);
});

describe('R13 what the other side accepted and ignored', () => {
  const pair = linked(aCompany('teamwork', '1'), aCompany('desk', '7'));
  const edited = (website: string) => ({
    ...pair,
    records: { ...pair.records, teamwork: aCompany('teamwork', '1', { website }) },
    ignored: { side: 'desk' as const, values: { website: 'acme.test' } },
  });

  test('R13: is not written again by every sign of it', () => {
    expect(planLink(edited('acme.test'))).toMatchObject({
      status: 'failing',
      reason: 'remote_ignored',
      steps: [],
    });
  });

  test('R13: the next edit is', () => {
    expect(planLink(edited('new.test')).steps).toMatchObject([
      { side: 'desk', values: { website: 'new.test' } },
    ]);
  });

  test.each([
    ['of the other side', { side: 'teamwork', values: { website: 'acme.test' } }],
    ['of another field', { side: 'desk', values: { email: 'office@acme.test' } }],
    ['of more fields', { side: 'desk', values: { website: 'acme.test', email: 'office@acme.test' } }],
    ['of nothing', { side: 'desk', values: {} }],
  ] as const)('R13: a write %s was another one', (_, ignored) => {
    expect(planLink({ ...edited('acme.test'), ignored }).steps).toMatchObject([
      { side: 'desk', values: { website: 'acme.test' } },
    ]);
  });

  test('R13: with a write to the other side beside it, both are made', () => {
    const view = edited('acme.test');
    const records = { ...view.records, desk: aCompany('desk', '7', { email: 'office@acme.test' }) };
    expect(planLink({ ...view, records }).steps.map(({ side }) => side)).toEqual(['teamwork', 'desk']);
  });

  test('R13: as many fields of which one is another were another write', () => {
    const teamwork = aCompany('teamwork', '1', { website: 'acme.test', email: 'office@acme.test' });
    const view = { ...edited('acme.test'), records: { ...pair.records, teamwork } };
    const ignored = { side: 'desk', values: { website: 'acme.test', name: 'Acme' } } as const;
    expect(planLink({ ...view, ignored }).steps).toHaveLength(1);
  });

  test('R13: what else there is to tell stays told', () => {
    const view = edited('acme.test');
    const teamwork = aCompany('teamwork', '1', { website: 'acme.test', name: '', email: 'office@acme.test' });
    const desk = aCompany('desk', '7', { email: 'office@acme.test' });
    expect(planLink({ ...view, records: { teamwork, desk } })).toMatchObject({
      ...{ status: 'failing', reason: 'remote_ignored', steps: [] },
      agreed: { teamwork: { email: 'office@acme.test' }, desk: { email: 'office@acme.test' } },
      notes: [{ field: 'name', reason: 'essential_missing' }],
    });
  });

  test('R13: equal values end it', () => {
    expect(planLink({ ...edited('acme.test'), records: pair.records })).toMatchObject({ status: 'in_sync' });
  });
});
