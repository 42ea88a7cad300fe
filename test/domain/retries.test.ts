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

  test('R13: equal values end it', () => {
    expect(planLink({ ...edited('acme.test'), records: pair.records })).toMatchObject({ status: 'in_sync' });
  });
});
