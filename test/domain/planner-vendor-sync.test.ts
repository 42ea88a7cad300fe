/** While the vendor's own sync seems to run, ours links and writes nothing (R33). */
import { planLink } from '../../src/domain/planner';
import { aCompany, facing, linked, lone } from '../support/views';

describe('R33: while the vendor’s own sync seems on', () => {
  const adopting = {
    conflict: 'latest',
    automaticallyCreateContacts: false,
    automaticSince: null,
    adoptOnly: true,
  } as const;

  test('nothing is created', () => {
    expect(planLink({ ...lone(aCompany('teamwork', '7')), policy: adopting })).toMatchObject({
      ...{ status: 'excluded', reason: 'vendor_sync_running', steps: [] },
    });
  });

  test('a pair that differs is linked and waits, with nothing written and nothing lost', () => {
    const view = facing(aCompany('teamwork', '7', { website: 'a.test' }), [
      aCompany('desk', '9', { website: 'b.test' }),
    ]);
    expect(planLink({ ...view, policy: adopting })).toMatchObject({
      ...{ pairWith: '9', status: 'held', reason: 'vendor_sync_running', steps: [], losers: [] },
    });
  });

  test('an edit of a linked one waits, too', () => {
    const pair = linked(aCompany('teamwork', '7'), aCompany('desk', '9'));
    const records = { ...pair.records, desk: aCompany('desk', '9', { website: 'edited.test' }) };
    expect(planLink({ ...pair, records, policy: adopting })).toMatchObject({ status: 'held', steps: [] });
    expect(planLink({ ...pair, records }).steps).toMatchObject([{ side: 'teamwork', action: 'update' }]);
  });
});
