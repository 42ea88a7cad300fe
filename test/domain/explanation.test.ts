import { explainLink } from '../../src/domain/explanation';
import type { Reason } from '../../src/domain/link';
import type { LinkView } from '../../src/domain/plan';
import { aCompany, aParent, aPerson, facing, linked, lone, tombstone } from '../support/views';

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
    'teamwork-desk-sync add-as-client 70',
  ]);
});

test('R30: a paused kind comes before what the records say', () => {
  const pair = linked(aPerson('teamwork', '1'), aPerson('desk', '10', { company: '70', lastName: 'King' }), {
    parents,
  });
  const paused = explainLink(pair, { ...stand, paused: { site: false, kinds: ['customer'] } });
  expect(paused).toMatchObject({
    status: 'paused',
    reason: 'paused_by_operator',
    action: 'teamwork-desk-sync resume customer',
  });
});

test('R31: what a side refused stays the answer until the record changes', () => {
  const view = lone(aCompany('teamwork', '7'));
  const refused = { ...view, link: { ...view.link, status: 'failing' as const, reason: 'refused' as const } };
  expect(explainLink(refused, stand)).toMatchObject({ status: 'failing', reason: 'refused' });
});

test('A50 R31: two that wait for each other are a question, though their records would have them written', () => {
  const pair = linked(aCompany('teamwork', '7', { name: 'B' }), aCompany('desk', '70', { name: 'A' }));
  const status = { status: 'question', reason: 'wait_for_each_other' } as const;
  const bases = { teamwork: { name: 'A' }, desk: { name: 'A' } };
  expect(explainLink({ ...pair, link: { ...pair.link, ...status, bases } }, stand)).toMatchObject({
    ...status,
    action: expect.stringContaining('Make the same exchange') as string,
  });
});

test('a frozen site asks for a credential, whatever the link says', () => {
  const pair = linked(aCompany('teamwork', '7'), aCompany('desk', '70'));
  expect(explainLink(pair, { ...stand, frozen: 'The credential is refused.' }).action).toBe(
    'teamwork-desk-sync connect',
  );
});

describe('R31 the one command that would change the answer, with the real ids', () => {
  const actionOn = (view: LinkView) => explainLink(view, stand).action;

  test('R5: a company that nobody asked for', () => {
    expect(actionOn(lone(aCompany('desk', '1042')))).toBe('teamwork-desk-sync add-as-client 1042');
  });

  test('R7: a customer whom the setting leaves out', () => {
    const customer = aPerson('desk', '55', { company: '70' }, { createdAt: '2026-01-20T00:00:00Z' });
    const view = lone(customer, { parents: { teamwork: null, desk: aParent('desk', '70') } });
    expect(actionOn(view)).toBe('teamwork-desk-sync create-contact 55');
  });

  test('R14: a question names its candidates', () => {
    const view = facing(aCompany('teamwork', '1'), [aCompany('desk', '7'), aCompany('desk', '8')]);
    expect(actionOn(view)).toBe('teamwork-desk-sync answer 1 same 7|8');
  });

  test('R22: a broken link is restored, or relinked when both are there', () => {
    const pair = linked(aCompany('teamwork', '7'), aCompany('desk', '70', {}, { presence: 'gone' }));
    const broken = { ...pair, link: { ...pair.link, phase: 'broken' as const, tombstone } };
    expect(actionOn(broken)).toBe('teamwork-desk-sync restore 1');
    const back = { ...broken, records: { ...broken.records, desk: aCompany('desk', '70') } };
    expect(actionOn(back)).toBe('teamwork-desk-sync relink 1');
  });

  test('R25: a person whose company was broken leads to the company', () => {
    const inBroken = (reason: Reason) =>
      linked(aPerson('teamwork', '1'), aPerson('desk', '10', { company: '70' }), {
        parents: {
          teamwork: aParent('teamwork', '7', { phase: 'broken', number: 9, reason }),
          desk: parents.desk,
        },
      });
    expect(actionOn(inBroken('deleted_in_desk'))).toBe('teamwork-desk-sync restore 9 --with-people');
    expect(actionOn(inBroken('unlinked_by_operator'))).toBe('teamwork-desk-sync relink 9 --with-people');
    expect(explainLink(inBroken('deleted_in_desk'), stand).because.map(({ reason }) => reason)).toEqual([
      'company_broken',
      'deleted_in_desk',
    ]);
  });

  test('R27: a protected email is chosen', () => {
    const teamwork = aPerson('teamwork', '1', {}, { signsIn: true });
    const agreedIn = {
      teamwork: aParent('teamwork', '7'),
      desk: aParent('desk', '700', { ids: { teamwork: '7', desk: '700' } }),
    };
    const pair = linked(teamwork, aPerson('desk', '10', { company: '700' }), { parents: agreedIn });
    const edited = aPerson('desk', '10', { company: '700', email: 'new@acme.test' });
    const view = { ...pair, records: { ...pair.records, desk: edited } };
    expect(actionOn(view)).toBe('teamwork-desk-sync choose 1 email desk');
  });
});
