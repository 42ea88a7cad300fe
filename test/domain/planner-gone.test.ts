import type { LinkView, RecordView } from '../../src/domain/plan';
import { planLink } from '../../src/domain/planner';
import { aCompany, aLink, aParent, aPerson, facing, linked, lone } from '../support/views';

const desk = (fields: RecordView['fields'] = {}, more: Partial<RecordView> = {}) =>
  aPerson('desk', '10', { company: '700', ...fields }, more);
const parents = {
  teamwork: aParent('teamwork', '7'),
  desk: aParent('desk', '700', { ids: { teamwork: '7', desk: '700' } }),
};
const gone = { presence: 'gone' } as const;

describe('R17 a linked Desk customer is gone and another one has the email', () => {
  const merged = (survivor: LinkView['survivor']) =>
    planLink(linked(aPerson('teamwork', '1'), desk({}, gone), { parents, survivor }));

  test('R17: the survivor without a link takes it over, and is read first', () => {
    expect(merged({ id: '11', link: null })).toMatchObject({
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
    expect(merged({ id: '11', link: 5 })).toMatchObject({
      ...{ situation: 'merged', status: 'broken', reason: 'merged_in_desk' },
      moveTo: null,
      breakAs: { reason: 'merged_in_desk', side: 'desk' },
    });
  });

  test('R19: nobody has it: deleted', () => {
    expect(merged(null)).toMatchObject({ breakAs: { reason: 'deleted_in_desk' }, moveTo: null });
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

describe('R22 what remained of a broken link', () => {
  const tombstone = { link: 9, since: '2026-02-01T00:00:00Z' };
  const before = { firstSeenAt: '2026-01-31T00:00:00Z' };
  const after = { firstSeenAt: '2026-02-02T00:00:00Z', createdAt: '2026-02-02T00:00:00Z' };
  function meeting(view: LinkView): LinkView {
    const other = view.records.teamwork === null ? 'teamwork' : 'desk';
    const marked = view.group[other].map((record) => ({ ...record, tombstone }));
    return { ...view, group: { ...view.group, [other]: marked } };
  }
  const personMeets = (more: Partial<RecordView>) =>
    planLink(
      meeting(
        facing(aPerson('teamwork', '1', {}, more), [desk()], {
          parents: { teamwork: parents.teamwork, desk: parents.desk },
        }),
      ),
    );

  test('R22: a person met after the break is matched like any other', () => {
    expect(personMeets(after)).toMatchObject({ situation: 'found', pairWith: '10' });
  });

  test('R22: a person known before it is not joined by itself', () => {
    expect(personMeets(before)).toMatchObject({
      status: 'question',
      reason: 'made_after_break',
      pairWith: null,
      candidates: ['10'],
    });
  });

  test('R22: a person made while the deleted one was still there is not joined, however late the mirror met it', () => {
    expect(personMeets({ ...after, createdAt: '2026-01-31T23:59:58Z' })).toMatchObject({
      status: 'question',
      reason: 'made_after_break',
    });
  });

  test.each([
    ['met at the very moment of it', { ...after, firstSeenAt: tombstone.since, createdAt: null }, 'question'],
    ['met after it and made nobody knows when', { ...after, createdAt: null }, 'in_sync'],
    ['made a whole second before it', { ...after, createdAt: '2026-01-31T23:59:59Z' }, 'question'],
    ['made within the second before it', { ...after, createdAt: '2026-01-31T23:59:59.500Z' }, 'in_sync'],
  ])('R22: a person %s', (_, more, status) => {
    expect(personMeets(more).status).toBe(status);
  });

  test('R5: a client made after the break of a Desk company is a question', () => {
    const client = aCompany('teamwork', '1', {}, after);
    expect(planLink(meeting(facing(client, [aCompany('desk', '10')])))).toMatchObject({
      status: 'question',
      reason: 'made_after_break',
    });
  });

  test('R5 R22: a company made in Desk stays alone, and asked for it is linked to what remained', () => {
    const view = meeting(facing(aCompany('desk', '10', {}, after), [aCompany('teamwork', '1')]));
    expect(planLink(view)).toMatchObject({ status: 'excluded', reason: 'not_asked', pairWith: null });
    const asked = { ...view, link: { ...view.link, asked: 'yes' as const } };
    expect(planLink(asked)).toMatchObject({ pairWith: '1' });
  });

  test('R22: back from the trash it stays broken, and is shown', () => {
    const pair = linked(aCompany('teamwork', '1'), aCompany('desk', '10'));
    const story = {
      reason: 'deleted_in_desk',
      at: '2026-02-01T00:00:00Z',
      side: 'desk',
      causeLink: null,
    } as const;
    const link = aLink('company', { ...pair.link, phase: 'broken', status: 'broken', tombstone: story });
    const plan = planLink({ ...pair, link });
    expect([plan.status, plan.because.map(({ reason }) => reason)]).toEqual([
      'broken',
      ['deleted_in_desk', 'back_from_trash'],
    ]);
    const still = planLink({
      ...pair,
      link,
      records: { ...pair.records, desk: aCompany('desk', '10', {}, gone) },
    });
    expect(still.because.map(({ reason }) => reason)).toEqual(['deleted_in_desk']);
  });
});

test('R23: a lone record that vanished is nobody’s any more', () => {
  expect(planLink(lone(aCompany('teamwork', '1', {}, gone)))).toMatchObject({
    reason: 'deleted_in_teamwork',
  });
});
