import type { LinkView, RecordView } from '../../src/domain/plan';
import { aCompany, aParent, aPerson, linked, lone } from '../support/views';
import { planLink } from '../../src/domain/planner';
import { isBlankedByDeletion } from '../../src/domain/suspension';
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

  test('R1 a company is no person: an email that staff have, too, does not have it rest', () => {
    const view = linked(aCompany('teamwork', '7'), aCompany('desk', '9'), { staffHasEmail: true });
    expect(told(view)).toEqual(['agreed, in_sync: agreed']);
  });
});

describe('R25 a person whose company is not named any more', () => {
  const unnamed = { ...aPerson('teamwork', '1', { company: '' }) };
  /** The company was 7; what is known of it now, and of the company on the other side. */
  const left = (
    former: LinkView['parents']['teamwork'],
    desk: LinkView['parents']['desk'] = parents.desk,
  ): LinkView => {
    const view = linked(aPerson('teamwork', '1'), aPerson('desk', '2', { company: '700' }));
    return {
      ...view,
      records: { ...view.records, teamwork: unnamed },
      parents: { teamwork: null, desk },
      former: { teamwork: former, desk: null },
    };
  };
  const gone = { ...parents.teamwork, presence: 'gone' as const };

  test.each<[string, LinkView['parents']['teamwork'], ReturnType<typeof planLink>['companyFirst']]>([
    [
      'read before the person was',
      { ...parents.teamwork, readAt: null },
      { link: 70, side: 'teamwork', read: true },
    ],
    ['read since', parents.teamwork, null],
    ['without a link', { ...parents.teamwork, readAt: null, link: null }, null],
    ['whose link is broken', { ...aParent('teamwork', '7', { phase: 'broken' }), readAt: null }, null],
  ])('rests; its company, %s, is settled first or not', (_, former, companyFirst) => {
    expect(planLink(left(former))).toMatchObject({ status: 'suspended', reason: 'no_company', companyFirst });
  });

  test.each<[string, LinkView['parents']['desk']]>([
    ['is none', null],
    ['has no link', aParent('desk', '700', null)],
    ['has one that is broken', aParent('desk', '700', { phase: 'broken' })],
  ])('rests for its deletion to be settled, while the other side’s company %s', (_, desk) => {
    expect(planLink(left(gone, desk))).toMatchObject({
      reason: 'no_company',
      companyFirst: { link: 70, side: 'teamwork', read: false },
    });
  });

  test('goes back into the other side’s company once that is linked again: the blank is no edit', () => {
    const { status, steps } = planLink(left(gone));
    expect([status, steps]).toMatchObject(['pending', [{ side: 'teamwork', values: { company: '7' } }]]);
  });

  test('and moved into another company stays there: that is an edit', () => {
    const agreed = linked(aPerson('teamwork', '1'), aPerson('desk', '2', { company: '700' }));
    const moved = aParent('desk', '800', { number: 80, ids: { teamwork: '8', desk: '800' } });
    const view: LinkView = {
      ...agreed,
      records: { ...agreed.records, desk: aPerson('desk', '2', { company: '800' }) },
      parents: { teamwork: parents.teamwork, desk: moved },
      former: { teamwork: null, desk: { ...parents.desk, presence: 'gone' } },
    };
    expect(planLink(view).steps).toMatchObject([{ side: 'teamwork', values: { company: '8' } }]);
  });

  test('a side without a record was blanked by nothing', () => {
    expect(isBlankedByDeletion(lone(unnamed), 'desk')).toBe(false);
  });
});
