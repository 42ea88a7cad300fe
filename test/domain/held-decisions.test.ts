/** What is left of a decision that is held (R26), and what is said of it. */
import { explainLink } from '../../src/domain/explanation';
import { heldPlan, isSettled } from '../../src/domain/guarded-changes';
import type { LinkView, Plan } from '../../src/domain/plan';
import { nothingToDo } from '../../src/domain/plan-shapes';
import { planLink } from '../../src/domain/planner';
import { aCompany, facing, linked } from '../support/views';

/** A linked company whose website was set to this in Teamwork.com. */
function rewritten(website: string, before = 'old.test'): LinkView {
  const agreed = aCompany('teamwork', '7', { website: before });
  const pair = linked(agreed, aCompany('desk', '70', { website: before }));
  return { ...pair, records: { ...pair.records, teamwork: aCompany('teamwork', '7', { website }) } };
}

test('R26: of a decision that is held nothing is done, and what agrees anyway is kept', () => {
  const edited = rewritten('new.test');
  const both = (name: string) => ({
    teamwork: aCompany('teamwork', '7', { name, website: 'new.test' }),
    desk: aCompany('desk', '70', { name, website: 'old.test' }),
  });
  const view = { ...edited, records: both('Acme Ltd') };
  const agreed = { teamwork: { name: 'Acme Ltd' }, desk: { name: 'Acme Ltd' } };
  expect(heldPlan(view, planLink(view), 'mass_change')).toEqual({
    ...nothingToDo('changed_on_one_side', 'held', 'mass_change'),
    because: [{ reason: 'mass_change', kind: 'company', link: 1, side: null, id: null }],
    agreed,
  });
});

test('R12 R26: of a pair that is held nothing agrees yet, for it is not linked', () => {
  const view = facing(aCompany('teamwork', '7', { website: 'new.test' }), [
    aCompany('desk', '70', { website: 'old.test' }),
  ]);
  const plan = planLink(view);
  expect(plan.agreed.desk).toMatchObject({ name: 'Acme' });
  const held = heldPlan(view, plan, 'mass_change_rejected');
  expect(held.agreed).toEqual({ teamwork: {}, desk: {} });
  expect(held).toMatchObject({ situation: 'found', pairWith: null, steps: [] });
});

test('R26 R31: explain says held of a break that waits, not broken', () => {
  const pair = linked(aCompany('teamwork', '7', {}, { presence: 'gone' }), aCompany('desk', '70'));
  const stand = { frozen: null, paused: { site: false, kinds: [] } };
  const held = { ...pair, link: { ...pair.link, status: 'held' as const, reason: 'mass_change' as const } };
  expect(explainLink(held, stand)).toMatchObject({ status: 'held', reason: 'mass_change' });
  expect(explainLink({ ...held, hold: 12 }, stand).action).toBe('teamwork-desk-sync approve 12');
});

test.each<[string, Partial<Plan>, boolean]>([
  ['with all read', {}, true],
  ['with a side to be read again', { readAgain: ['desk'] }, false],
  ['with its company to be settled first', { companyFirst: { link: 7, side: 'desk', read: true } }, false],
])('R23 R25 R26: a decision %s is the last word: %s', (_, more, expected) => {
  expect(isSettled({ ...nothingToDo('agreed', 'in_sync', 'agreed'), ...more })).toBe(expected);
});
