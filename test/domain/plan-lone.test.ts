/** What every lone record's plan is made of, at its edges: what is asked for is not always at hand. */
import { planAsPair } from '../../src/domain/plan-as-pair';
import { askedOf, isHeldApart, matchOf } from '../../src/domain/plan-lone';
import { planLink } from '../../src/domain/planner';
import { aCompany, facing, lone } from '../support/views';

const client = aCompany('teamwork', '7');
const nobody = { teamwork: [], desk: [], answers: [] };

test('R31 a plan in which nothing happens says so in each of its parts', () => {
  const view = lone(client);
  expect(planLink({ ...view, link: { ...view.link, paused: true } })).toEqual({
    ...{ situation: 'agreed', status: 'paused', reason: 'paused_by_operator' },
    because: [{ reason: 'paused_by_operator', kind: 'company', link: 1, side: null, id: null }],
    ...{ steps: [], agreed: { teamwork: {}, desk: {} }, notes: [], losers: [] },
    ...{ pairWith: null, askedByBox: false, breakAs: null, moveTo: null, companyFirst: null },
    ...{ candidates: [], readAgain: [] },
  });
});

test('R14 a record of which no group is at hand matches nobody', () => {
  expect(matchOf(lone(client, { group: nobody }), client)).toEqual({ verdict: 'none' });
});

test('R5 of a record that is not in the group nothing was asked', () => {
  expect(askedOf(lone(client), 'desk', '9')).toBeNull();
});

test('R22 a match that is not in the group remained of no broken link', () => {
  const match = { verdict: 'one', id: '9', by: 'name' } as const;
  expect(isHeldApart(lone(client), client, match)).toBe(false);
});

test('R14 a pair without a record at hand stays as it was found', () => {
  const view = facing(client, [aCompany('desk', '9')]);
  const found = planLink({ ...view, counterparts: [] });
  expect(found).toMatchObject({ situation: 'found', pairWith: '9', agreed: { teamwork: {}, desk: {} } });
  expect(planAsPair({ ...view, records: { teamwork: null, desk: null } }, found)).toBe(found);
});
