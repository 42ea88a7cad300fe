import type { LinkView, RecordView } from '../../src/domain/plan';
import { planLink } from '../../src/domain/planner';
import { aCompany, aLink, aParent, aPerson, facing, linked } from '../support/views';

const desk = (fields: RecordView['fields'] = {}, more: Partial<RecordView> = {}) =>
  aPerson('desk', '10', { company: '700', ...fields }, more);
const parents = {
  teamwork: aParent('teamwork', '7'),
  desk: aParent('desk', '700', { ids: { teamwork: '7', desk: '700' } }),
};
const gone = { presence: 'gone' } as const;

describe('R22 what remained of a broken link', () => {
  const tombstone = { link: 9, since: '2026-02-01T00:00:00Z', brokenAt: '2026-02-05T00:00:00Z' };
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

  const [made, given] = ['2026-02-02T00:00:00Z', '2026-02-02T00:00:09Z'];
  const fields = { firstName: made, email: made, alternativeEmails: made };
  const afterAll = { firstSeenAt: '2026-02-06T00:00:00Z', createdAt: '2026-02-06T00:00:00Z' };

  test.each([
    ['who had the email from the first', { ...after, changedAt: fields }, 'in_sync'],
    ['who was given the email later', { ...after, changedAt: { ...fields, email: given } }, 'question'],
    [
      'met so only after it',
      { ...afterAll, createdAt: made, changedAt: { ...fields, email: given } },
      'question',
    ],
    ['whose name changed since', { ...after, changedAt: { ...fields, firstName: given } }, 'in_sync'],
    [
      'whose other emails changed',
      { ...after, changedAt: { ...fields, alternativeEmails: given } },
      'in_sync',
    ],
    ['made after it and given the email', { ...afterAll, changedAt: { ...fields, email: given } }, 'in_sync'],
  ])('R22: between the last sign of the other and the break, one %s', (_, more, status) => {
    expect(personMeets(more).status).toBe(status);
  });

  test('R22: one who was given the email later as one of several is asked about, too', () => {
    const several = { alternativeEmails: ['ada@acme.test'], email: 'byron@acme.test' };
    const meets = (changedAt: RecordView['changedAt']) =>
      planLink(
        meeting(facing(aPerson('teamwork', '1', several, { ...after, changedAt }), [desk()], { parents })),
      );
    expect(meets(fields)).toMatchObject({ situation: 'found', pairWith: '10' });
    expect(meets({ ...fields, alternativeEmails: given })).toMatchObject({
      status: 'question',
      candidates: ['10'],
    });
    expect(meets({ ...fields, email: given })).toMatchObject({ status: 'question', candidates: ['10'] });
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
