import { explainLink } from '../../src/domain/explanation';
import { aCompany, aParent, aPerson, linked, lone } from '../support/views';

const stand = { frozen: null, paused: { site: false, kinds: [] } };
const parents = { teamwork: aParent('teamwork', '7'), desk: aParent('desk', '70') };

test('R31: a pair that agrees says so and asks for nothing', () => {
  const pair = linked(aCompany('teamwork', '7'), aCompany('desk', '70'));
  expect(explainLink(pair, stand)).toMatchObject({ status: 'in_sync', reason: 'agreed', action: null });
});

test('R31: the chain leads from a person to the company, whose action it is', () => {
  const person = aPerson('desk', '10', { company: '70' });
  const view = lone(person, { parents: { teamwork: null, desk: aParent('desk', '70', { phase: 'lone' }) } });
  const { status, because, action } = explainLink(view, stand);
  expect([status, because.map(({ kind }) => kind), action]).toEqual([
    'excluded',
    ['customer', 'company'],
    'Move the person into a linked company.',
  ]);
});

test('R30: a paused kind comes before what the records say', () => {
  const pair = linked(aPerson('teamwork', '1'), aPerson('desk', '10', { company: '70', lastName: 'King' }), {
    parents,
  });
  const paused = explainLink(pair, { ...stand, paused: { site: false, kinds: ['customer'] } });
  expect(paused).toMatchObject({ status: 'paused', reason: 'paused_by_operator', action: 'Resume it.' });
});

test('R31: what a side refused stays the answer until the record changes', () => {
  const view = lone(aCompany('teamwork', '7'));
  const refused = { ...view, link: { ...view.link, status: 'failing' as const, reason: 'refused' as const } };
  expect(explainLink(refused, stand)).toMatchObject({ status: 'failing', reason: 'refused' });
});

test('a frozen site asks for a credential, whatever the link says', () => {
  const pair = linked(aCompany('teamwork', '7'), aCompany('desk', '70'));
  expect(explainLink(pair, { ...stand, frozen: 'The credential is refused.' }).action).toBe('connect');
});
