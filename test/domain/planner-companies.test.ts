import { planLink } from '../../src/domain/planner';
import { aCompany, aLink, facing, linked, lone } from '../support/views';

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
    expect(brief(asked({ name: 'Acme Berlin GmbH' })).steps).toEqual(['create teamwork']);
  });

  test('R4, R14: made in Teamwork.com in another legal form of a held name, it is one more company', () => {
    const view = facing(aCompany('teamwork', '7', { name: 'Acme AG' }), [
      aCompany('desk', '9', { name: 'Acme GmbH' }),
    ]);
    const desk = view.group.desk.map((record) => ({ ...record, heldBy: 3 }));
    expect(brief({ ...view, group: { ...view.group, desk } }).steps).toEqual(['create desk']);
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

describe('a linked company', () => {
  const base = { name: 'Acme', website: 'acme.test', email: '' };

  test('R10: edits of different fields travel both ways', () => {
    const view = linked(
      aCompany('teamwork', '7', { ...base, name: 'Acme 2' }),
      aCompany('desk', '9', { ...base, website: 'new.test' }),
    );
    const plan = planLink({ ...view, link: { ...view.link, bases: { teamwork: base, desk: base } } });
    expect(plan.steps.map(({ side, values }) => [side, values])).toEqual([
      ['teamwork', { website: 'new.test' }],
      ['desk', { name: 'Acme 2' }],
    ]);
  });

  test('R23: absence from a listing is read directly first', () => {
    const plan = planLink(
      linked(aCompany('teamwork', '7', base, { presence: 'missing' }), aCompany('desk', '9', base)),
    );
    expect(plan).toMatchObject({ situation: 'gone_to_be_confirmed', readAgain: ['teamwork'], breakAs: null });
  });

  test('R23: of which a write was answered that it is not there is read directly before another write', () => {
    const view = linked(aCompany('teamwork', '7', { ...base, name: 'Acme 2' }), aCompany('desk', '9', base));
    const link = { ...view.link, status: 'failing', reason: 'gone_to_be_confirmed' } as const;
    const plan = planLink({ ...view, link });
    expect(plan).toMatchObject({
      situation: 'gone_to_be_confirmed',
      readAgain: ['teamwork', 'desk'],
      steps: [],
    });
  });

  test.each([
    ['R18', 'desk', 'deleted_in_desk'],
    ['R20', 'teamwork', 'deleted_in_teamwork'],
  ] as const)('%s: deleted in %s, the link breaks and nothing is written', (_rule, side, reason) => {
    const records = { teamwork: aCompany('teamwork', '7', base), desk: aCompany('desk', '9', base) };
    const gone = { ...records, [side]: { ...records[side], presence: 'gone' as const } };
    const plan = planLink(linked(gone.teamwork, gone.desk));
    expect(plan).toMatchObject({ status: 'broken', reason, steps: [], breakAs: { reason, side } });
  });

  test('R22: a broken link is dead, whatever is edited', () => {
    const view = linked(aCompany('teamwork', '7', { name: 'Edited' }), aCompany('desk', '9', base));
    const link = aLink('company', {
      phase: 'broken',
      ids: { teamwork: '7', desk: '9' },
      tombstone: { reason: 'deleted_in_desk', at: '2026-03-01T00:00:00Z', side: 'desk', causeLink: null },
    });
    expect(brief({ ...view, link })).toMatchObject({ situation: 'dead', status: 'broken', steps: [] });
  });

  test('R30: a paused link is left alone', () => {
    const view = linked(aCompany('teamwork', '7', { name: 'Edited' }), aCompany('desk', '9', base));
    expect(brief({ ...view, link: { ...view.link, paused: true } })).toMatchObject({
      status: 'paused',
      steps: [],
    });
  });

  test('R15: nothing is decided while a write’s outcome is unknown', () => {
    const view = linked(aCompany('teamwork', '7', { name: 'Edited' }), aCompany('desk', '9', base));
    const intent = { id: 'i', side: 'desk' as const, action: 'update' as const, values: {}, settled: false };
    expect(brief({ ...view, intent })).toMatchObject({
      situation: 'outcome_unknown',
      reason: 'settling',
      steps: [],
    });
  });

  test('R15: what was left out of a write of unknown outcome stays told', () => {
    const view = linked(aCompany('teamwork', '7', base), aCompany('desk', '9', base));
    const notes = [{ field: 'name' as const, reason: 'reformatted' as const }];
    const intent = { id: 'i', side: 'desk' as const, action: 'update' as const, values: {}, settled: false };
    expect(planLink({ ...view, link: { ...view.link, notes }, intent }).notes).toEqual(notes);
  });
});
