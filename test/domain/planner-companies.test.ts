import { planLink } from '../../src/domain/planner';
import { aCompany, facing, lone } from '../support/views';

const brief = (view: Parameters<typeof planLink>[0]) => {
  const { situation, status, reason, steps, pairWith } = planLink(view);
  return { situation, status, reason, steps: steps.map(({ side, action }) => `${action} ${side}`), pairWith };
};

describe('a company without a counterpart', () => {
  test('R4: one in Teamwork.com is created in Desk', () => {
    const plan = planLink(lone(aCompany('teamwork', '7', { website: 'acme.test' })));
    expect(plan.steps).toEqual([
      {
        side: 'desk',
        action: 'create',
        values: { name: 'Acme', website: 'acme.test' },
        sourceBase: { name: 'Acme', website: 'acme.test' },
      },
    ]);
  });

  test('R5: one in Desk stands alone until somebody asks', () => {
    const view = lone(aCompany('desk', '9'));
    expect(brief(view)).toMatchObject({ status: 'excluded', reason: 'not_asked', steps: [] });
    const asked = { ...view, link: { ...view.link, asked: 'yes' as const } };
    expect(brief(asked)).toMatchObject({ situation: 'absent_wanted', steps: ['create teamwork'] });
  });

  test('R5, R14: asked for under the name of a held client, in whatever legal form, it is refused, naming the holder', () => {
    const asked = (more: object) => {
      const view = facing(aCompany('desk', '9', { name: 'Acme AG' }), [
        aCompany('teamwork', '7', { name: 'Acme GmbH' }),
      ]);
      const held = { heldBy: 3, outOfScope: false, ...more };
      const teamwork = view.group.teamwork.map((record) => ({ ...record, ...held }));
      return { ...view, link: { ...view.link, asked: 'yes' as const }, group: { ...view.group, teamwork } };
    };
    const named = (reason: string, link: number | null) =>
      expect.arrayContaining([
        expect.objectContaining({ reason, side: 'teamwork', id: '7', link }),
      ]) as object[];
    expect(planLink(asked({}))).toMatchObject({ situation: 'taken', steps: [], because: named('taken', 3) });
    expect(planLink(asked({ heldBy: null, outOfScope: true }))).toMatchObject({
      ...{ situation: 'taken', steps: [], because: named('owner_company', null) },
    });
    const toldApart = asked({});
    const answers = [{ teamwork: '7', desk: '9', verdict: 'apart' as const }];
    expect(brief({ ...toldApart, group: { ...toldApart.group, answers } }).steps).toEqual([
      'create teamwork',
    ]);
    const others = [
      { teamwork: '7', desk: '8', verdict: 'apart' as const },
      { teamwork: '6', desk: '9', verdict: 'apart' as const },
      { teamwork: '7', desk: '9', verdict: 'perhaps' as const },
    ];
    expect(brief({ ...toldApart, group: { ...toldApart.group, answers: others } }).situation).toBe('taken');
    expect(brief(asked({ name: 'Acme Berlin GmbH' })).steps).toEqual(['create teamwork']);
    const restored = { ...toldApart.link, asked: null, incarnation: 2 };
    expect(brief({ ...toldApart, link: restored }).steps).toEqual(['create teamwork']);
    const owner = toldApart.group.teamwork.map((one) => ({
      ...one,
      id: '6',
      heldBy: null,
      outOfScope: true,
    }));
    const both = { ...toldApart.group, teamwork: [...owner, ...toldApart.group.teamwork] };
    expect(planLink({ ...toldApart, group: both })).toMatchObject({ because: named('taken', 3) });
  });

  test('R4, R14: made in Teamwork.com in another legal form of a held name, it is one more company', () => {
    const view = facing(aCompany('teamwork', '7', { name: 'Acme AG' }), [
      aCompany('desk', '9', { name: 'Acme GmbH' }),
    ]);
    const desk = view.group.desk.map((record) => ({ ...record, heldBy: 3 }));
    expect(brief({ ...view, group: { ...view.group, desk } }).steps).toEqual(['create desk']);
    const held = { ...desk[0], side: 'teamwork', id: '6' } as (typeof desk)[0];
    const group = { ...view.group, desk: [], teamwork: [...view.group.teamwork, held] };
    const asked = { ...view.link, asked: 'yes' as const };
    expect(brief({ ...view, link: asked, group }).steps).toEqual(['create desk']);
  });

  test('R22: a restored one is made again though nobody asked for it', () => {
    const view = lone(aCompany('desk', '2'));
    expect(brief({ ...view, link: { ...view.link, incarnation: 2 } }).steps).toEqual(['create teamwork']);
  });

  test('R5: the box left unchecked turns a later match into a question', () => {
    const view = facing(aCompany('desk', '9'), [aCompany('teamwork', '7')]);
    const unchecked = { ...view, link: { ...view.link, asked: 'unchecked' as const } };
    expect(brief(unchecked)).toMatchObject({ status: 'question', reason: 'unchecked', steps: [] });
  });

  test('R5: answered, it is linked all the same', () => {
    const view = facing(aCompany('desk', '9'), [aCompany('teamwork', '7')]);
    const answers = [{ teamwork: '7', desk: '9', verdict: 'same' as const }];
    const link = { ...view.link, asked: 'unchecked' as const };
    expect(brief({ ...view, link, group: { ...view.group, answers } }).pairWith).toBe('7');
    expect(planLink({ ...view, link }).candidates).toEqual(['7']);
  });

  test('R5: it is one from the client’s side, too, whichever is decided first', () => {
    const view = facing(aCompany('teamwork', '7'), [aCompany('desk', '9')]);
    expect(brief(view).pairWith).toBe('9');
    const desk = view.group.desk.map((record) => ({ ...record, asked: 'unchecked' as const }));
    expect(brief({ ...view, group: { ...view.group, desk } })).toMatchObject({
      ...{ status: 'question', reason: 'unchecked', steps: [], pairWith: null },
    });
  });

  test('R5: a client made in the same moment, by Desk’s own box, counts as asked for; one made later does not', () => {
    const made = { createdAt: '2026-03-01T10:00:05.400Z', firstSeenAt: '2026-03-01T10:00:20Z' };
    const pairAt = (createdAt: string, name = 'Acme') =>
      planLink(
        facing(aCompany('teamwork', '7', { name: 'Acme' }, { ...made, createdAt }), [
          aCompany('desk', '9', { name }, made),
        ]),
      );
    expect(pairAt('2026-03-01T10:00:05Z')).toMatchObject({ situation: 'found', askedByBox: true });
    expect(pairAt('2026-03-01T10:01:05Z')).toMatchObject({ situation: 'found', askedByBox: false });
    expect(pairAt('2026-03-01T10:00:03Z')).toMatchObject({ situation: 'found', askedByBox: false });
  });

  test('R1: the owner company is excluded', () => {
    expect(brief(lone(aCompany('teamwork', '1', {}, { scope: 'owner' })))).toMatchObject({
      status: 'excluded',
      reason: 'owner_company',
    });
  });

  test('R9: a blank name is not sent', () => {
    expect(brief(lone(aCompany('teamwork', '7', { name: ' ' })))).toMatchObject({
      reason: 'missing_name',
      steps: [],
    });
  });
});

describe('a company with a match', () => {
  test('R14 R12: the pair is linked and what differs is written to Desk, the loser kept', () => {
    const plan = planLink(
      facing(aCompany('teamwork', '7', { website: 'https://www.acme.test/', email: 'a@acme.test' }), [
        aCompany('desk', '9', { name: 'ACME, Inc.', website: 'acme.test' }),
      ]),
    );
    expect(plan).toMatchObject({ situation: 'found', pairWith: '9', status: 'pending' });
    expect(plan.steps).toMatchObject([
      { side: 'desk', action: 'update', values: { name: 'Acme', email: 'a@acme.test' } },
    ]);
    expect(plan.losers).toMatchObject([
      { field: 'name', side: 'desk', value: 'ACME, Inc.', rule: 'first_match' },
    ]);
  });

  test('R5 R12: of a pair that was asked for, on whichever side, Desk’s value wins', () => {
    const view = facing(aCompany('teamwork', '7'), [aCompany('desk', '9', { name: 'ACME, Inc.' })]);
    const asked = { ...view, link: { ...view.link, asked: 'yes' as const } };
    const desk = view.group.desk.map((record) => ({ ...record, asked: 'yes' as const }));
    for (const one of [asked, { ...view, group: { ...view.group, desk } }]) {
      expect(brief(one).steps).toEqual(['update teamwork']);
    }
  });

  test('R3: a pair that agrees is linked without a write', () => {
    expect(brief(facing(aCompany('teamwork', '7'), [aCompany('desk', '9')]))).toMatchObject({
      situation: 'found',
      status: 'in_sync',
      steps: [],
      pairWith: '9',
    });
  });

  test('R14: two candidates are a question and no write', () => {
    const plan = planLink(
      facing(aCompany('teamwork', '7'), [aCompany('desk', '8', { name: 'Acme Ltd' }), aCompany('desk', '9')]),
    );
    expect(plan).toMatchObject({
      situation: 'ambiguous',
      status: 'question',
      candidates: ['8', '9'],
      steps: [],
    });
  });
});
