import type { LinkView, RecordView } from '../../src/domain/plan';
import { planLink } from '../../src/domain/planner';
import { aCompany, aParent, aPerson, linked, lone } from '../support/views';

const desk = (fields: RecordView['fields'] = {}, more: Partial<RecordView> = {}) =>
  aPerson('desk', '10', { company: '700', ...fields }, more);
const parents = {
  teamwork: aParent('teamwork', '7'),
  desk: aParent('desk', '700', { ids: { teamwork: '7', desk: '700' } }),
};
const gone = { presence: 'gone' } as const;

describe('R17 a linked Desk customer is gone and another one has the email', () => {
  const at = (second: number) => ({ readAt: `2026-02-01T00:00:0${second}Z` });
  const merged = (
    survivor: Omit<NonNullable<LinkView['survivor']>, 'record'> | null,
    now: Partial<RecordView> = at(5),
  ) =>
    planLink(
      linked(aPerson('teamwork', '1'), desk({}, { ...gone, ...at(5) }), {
        parents,
        survivor: survivor && { ...survivor, record: aPerson('desk', '11', {}, now) },
      }),
    );
  const broken = {
    ...{ situation: 'merged', status: 'broken', reason: 'merged_in_desk' },
    moveTo: null,
    breakAs: { reason: 'merged_in_desk', side: 'desk' },
  };

  test('R17: the survivor without a link takes it over, and is read before the two are merged', () => {
    expect(merged({ link: null, toldApart: false })).toMatchObject({
      situation: 'merged',
      moveTo: '11',
      readAgain: ['desk'],
      breakAs: null,
      steps: [],
      ...{ status: 'pending', reason: 'merged_in_desk' },
      because: [
        { reason: 'merged_in_desk', kind: 'customer', link: 1, side: 'desk', id: '10' },
        { reason: 'merged_in_desk', kind: 'customer', link: null, side: 'desk', id: '11' },
      ],
    });
  });

  test('R17: the survivor with a link of its own keeps that, and the secondary’s breaks', () => {
    expect(merged({ link: 5, toldApart: false })).toMatchObject(broken);
  });

  test('R14 R17: a survivor told apart from the contact does not take the link over, which breaks', () => {
    expect(merged({ link: null, toldApart: true })).toMatchObject(broken);
  });

  test.each<[string, Partial<RecordView>, number | null]>([
    ['was last read before the deletion', at(4), null],
    ['was last read before the deletion, and has a link', at(4), 5],
    ['is missing from a listing', { ...at(6), presence: 'missing' }, null],
  ])('R17 R23: the survivor %s: that is read first', (_, now, link) => {
    expect(merged({ link, toldApart: false }, now)).toMatchObject({
      ...{ situation: 'gone_to_be_confirmed', status: 'pending', reason: 'gone_to_be_confirmed' },
      because: [{ reason: 'gone_to_be_confirmed', kind: 'customer', link, side: 'desk', id: '11' }],
      ...{ readAgain: ['desk'], moveTo: null, breakAs: null, steps: [] },
    });
  });

  test('R19: nobody has it: deleted', () => {
    expect(merged(null)).toMatchObject({ breakAs: { reason: 'deleted_in_desk' }, moveTo: null });
  });
});

describe('R23 one record of a pair is gone, and a listing lacks the other', () => {
  const missing = { presence: 'missing' } as const;
  const first = aPerson('teamwork', '1', {}, gone);

  test.each([
    ['teamwork', linked(aPerson('teamwork', '1', {}, missing), desk({}, gone), { parents })],
    ['desk', linked(first, desk({}, missing), { parents })],
  ] as const)('R23: what is missing in %s is read before the link breaks or is held', (side, pair) => {
    expect(planLink(pair)).toMatchObject({
      ...{ situation: 'gone_to_be_confirmed', status: 'pending', readAgain: [side] },
      ...{ breakAs: null, moveTo: null },
      because: [{ reason: 'gone_to_be_confirmed', side }],
    });
  });

  test('R23: found gone as well, it was deleted on both sides', () => {
    expect(planLink(linked(first, desk({}, gone), { parents })).breakAs).toMatchObject({
      reason: 'deleted_on_both',
    });
  });
});

describe('R21 R25 a linked contact is gone', () => {
  const deleted = (company: Partial<NonNullable<LinkView['parents']['teamwork']>>) =>
    planLink(
      linked(aPerson('teamwork', '1', {}, { ...gone, readAt: '2026-02-01T00:00:00Z' }), desk(), {
        parents: { ...parents, teamwork: { ...aParent('teamwork', '7'), ...company } },
      }),
    );

  test('R21: its company was read since and is there: a deletion of its own', () => {
    const own = { reason: 'deleted_in_teamwork', side: 'teamwork', causeLink: null };
    expect(deleted({ readAt: '2026-02-01T00:00:01Z' }).breakAs).toEqual(own);
    expect(deleted({ readAt: '2026-02-01T00:00:00Z' }).breakAs).toEqual(own);
  });

  test.each([
    [
      'stands alone',
      { ...parents.teamwork, readAt: null, link: { ...parents.teamwork.link, phase: 'lone' } },
    ],
    ['has no link row', { ...parents.teamwork, link: null }],
    ['is none', null],
  ])('R21: its company %s: a deletion of its own', (_, company) => {
    const pair = linked(aPerson('teamwork', '1', {}, gone), desk(), { parents });
    const teamwork = company as LinkView['parents']['teamwork'];
    const { breakAs, companyFirst } = planLink({ ...pair, parents: { ...parents, teamwork } });
    expect([breakAs, companyFirst]).toEqual([
      { reason: 'deleted_in_teamwork', side: 'teamwork', causeLink: null },
      null,
    ]);
  });

  test.each([
    ['was not read since', { readAt: '2026-01-31T00:00:00Z' }],
    ['was never read', { readAt: null }],
    ['is missing from a listing', { presence: 'missing' as const }],
  ])('R25: its company %s: that is read first', (_, company) => {
    expect(deleted(company)).toMatchObject({
      ...{ situation: 'gone_to_be_confirmed', status: 'pending', reason: 'gone_to_be_confirmed' },
      because: [{ reason: 'gone_to_be_confirmed', kind: 'company', link: 70, side: 'teamwork', id: '7' }],
      breakAs: null,
      companyFirst: { link: 70, side: 'teamwork', read: true },
    });
  });

  test('R25: its company is gone too, and its break comes first', () => {
    expect(deleted(gone)).toMatchObject({ breakAs: null, companyFirst: { link: 70, read: false } });
  });

  test('R26: its company’s break is held, and it is part of that', () => {
    const { link } = aParent('teamwork', '7', { status: 'held' });
    expect(deleted({ ...gone, link })).toMatchObject({
      ...{ situation: 'gone', status: 'held', reason: 'mass_change' },
      because: [{ reason: 'mass_change', kind: 'company', link: 70, side: 'teamwork', id: '7' }],
      breakAs: null,
    });
  });

  test('R21: its company’s deletion is the cause, whatever came first', () => {
    const { link } = aParent('teamwork', '7', { phase: 'broken' });
    expect(deleted({ ...gone, link }).breakAs).toMatchObject({ causeLink: 70 });
  });

  test('R21: the company’s link broke for another reason: no cause', () => {
    const { link } = aParent('teamwork', '7', { phase: 'broken' });
    expect(deleted({ link }).breakAs).toMatchObject({ causeLink: null });
  });
});

describe('R25 a customer whose company was taken away', () => {
  const without = (former: LinkView['former']['desk'], ofTeamwork = parents.teamwork) => {
    const pair = linked(aPerson('teamwork', '1'), desk(), {
      parents: { teamwork: ofTeamwork, desk: null },
      former: { teamwork: null, desk: former },
    });
    return planLink({ ...pair, records: { ...pair.records, desk: desk({ company: '' }) } });
  };

  test('R25: rests, and the company is read first', () => {
    expect(without({ ...parents.desk, readAt: null })).toMatchObject({
      status: 'suspended',
      reason: 'no_company',
      companyFirst: { link: 70, side: 'desk', read: true },
      steps: [],
    });
  });

  test('R25: the company is there: the person left it, and rests', () => {
    expect(without(parents.desk)).toMatchObject({ status: 'suspended', companyFirst: null, steps: [] });
  });

  test('R25: the company is gone and was restored: the blank takes the other side’s value', () => {
    const restored = aParent('teamwork', '7', { ids: { teamwork: '7', desk: '99' } });
    const { status, steps } = without({ ...parents.desk, ...gone, link: null }, restored);
    expect([status, steps.map(({ side, values }) => [side, values])]).toEqual([
      'pending',
      [['desk', { company: '99' }]],
    ]);
  });

  test('R25: the company is gone, and the other side’s link is broken: it rests', () => {
    const broken = aParent('teamwork', '7', { phase: 'broken' });
    expect(without({ ...parents.desk, ...gone, link: broken.link }, broken)).toMatchObject({
      status: 'suspended',
      steps: [],
    });
  });
});

test('R23: a lone record that vanished is nobody’s any more', () => {
  expect(planLink(lone(aCompany('teamwork', '1', {}, gone)))).toMatchObject({
    reason: 'deleted_in_teamwork',
  });
});
