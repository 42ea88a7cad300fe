import type { LinkView, RecordView } from '../../src/domain/plan';
import { aCompany, aParent, aPerson, linked } from '../support/views';
import { told } from './planner-told';

const parents = {
  teamwork: aParent('teamwork', '7'),
  desk: aParent('desk', '700', { ids: { teamwork: '7', desk: '700' } }),
};

function pair(
  teamwork: Partial<RecordView>,
  desk: Partial<RecordView>,
  more: Partial<LinkView> = {},
): LinkView {
  const customer = aPerson('desk', '2', { company: '700' });
  return linked({ ...aPerson('teamwork', '1'), ...teamwork }, { ...customer, ...desk }, { parents, ...more });
}

describe('R25 R31 a pair of people that rests', () => {
  const ofTeamwork = (parent: LinkView['parents']['teamwork']) =>
    pair({}, {}, { parents: { ...parents, teamwork: parent } });

  test.each<[string, LinkView, string, string[]]>([
    [
      'R1 a service account',
      pair({ scope: 'service' }, {}),
      'service_account',
      ['customer 1 of teamwork, link 1'],
    ],
    [
      'R1 one of the owner company',
      pair({ scope: 'staff' }, {}),
      'owner_company_person',
      ['customer 1 of teamwork, link 1'],
    ],
    [
      'R1 a placeholder of Desk',
      pair({}, { scope: 'service' }),
      'service_account',
      ['customer 2 of desk, link 1'],
    ],
    [
      'R1 staff of Desk',
      pair({}, { scope: 'staff' }),
      'owner_company_person',
      ['customer 2 of desk, link 1'],
    ],
    [
      'R1 with an email of the owner company’s people',
      pair({}, {}, { staffHasEmail: true }),
      'owner_company_person',
      ['customer 2 of desk, link 1'],
    ],
    [
      'R6 in no company of Desk',
      pair({}, {}, { parents: { ...parents, desk: null } }),
      'no_company',
      ['customer 2 of desk, link 1'],
    ],
    [
      'R1 in the owner company',
      ofTeamwork({ ...parents.teamwork, scope: 'owner' }),
      'owner_company_person',
      ['customer 1 of teamwork, link 1', 'company 7 of teamwork, link 70'],
    ],
    [
      'R25 in a company whose link is broken',
      ofTeamwork(aParent('teamwork', '7', { phase: 'broken', reason: null })),
      'company_broken',
      ['customer 1 of teamwork, link 1', 'company 7 of teamwork, link 70'],
    ],
    [
      'R25 in a company that stands alone',
      ofTeamwork(aParent('teamwork', '7', { phase: 'lone' })),
      'company_not_linked',
      ['customer 1 of teamwork, link 1', 'company 7 of teamwork, link 70'],
    ],
    [
      'R25 in a company that has no link row yet',
      ofTeamwork(aParent('teamwork', '7', null)),
      'company_not_linked',
      ['customer 1 of teamwork, link 1', 'company 7 of teamwork, link null'],
    ],
  ])('%s', (_, view, reason, records) => {
    expect(told(view)).toEqual([
      `parent_not_linked, suspended: ${reason}`,
      ...records.map((record) => `${reason}: ${record}`),
    ]);
  });

  test('R1 a company of staff in Desk rests too', () => {
    const view = linked(aCompany('teamwork', '7'), aCompany('desk', '9', {}, { scope: 'service' }));
    expect(told(view)[0]).toBe('parent_not_linked, suspended: service_account');
  });
});
