import type { LinkView } from '../../src/domain/plan';
import { planLink } from '../../src/domain/planner';
import { aCompany, aLink, aParent, aPerson, linked } from '../support/views';

const brief = (view: LinkView) => {
  const { situation, status, reason, steps } = planLink(view);
  return { situation, status, reason, steps: steps.map(({ side, action }) => `${action} ${side}`) };
};

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

  test('R11: a field edited on both without a time of its own goes by when the records were made', () => {
    const edited = (createdAt: string) =>
      linked(
        aCompany('teamwork', '7', { ...base, name: 'Acme T' }, { createdAt: '2026-01-02T00:00:00Z' }),
        aCompany('desk', '9', { ...base, name: 'Acme D' }, { createdAt }),
      );
    const stepsOf = (view: ReturnType<typeof edited>) =>
      brief({ ...view, link: { ...view.link, bases: { teamwork: base, desk: base } } }).steps;
    expect(stepsOf(edited('2026-01-03T00:00:00Z'))).toEqual(['update teamwork']);
    expect(stepsOf(edited('2026-01-01T00:00:00Z'))).toEqual(['update desk']);
  });

  test.each(['teamwork', 'desk'] as const)('R23: of which %s’s record is not at hand, it is read', (side) => {
    const view = linked(aCompany('teamwork', '7', base), aCompany('desk', '9', base));
    const plan = planLink({ ...view, records: { ...view.records, [side]: null } });
    expect(plan).toMatchObject({ situation: 'gone_to_be_confirmed', readAgain: [side], steps: [] });
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

describe('a linked person', () => {
  const both = {
    parents: {
      teamwork: aParent('teamwork', '7'),
      desk: aParent('desk', '700', { ids: { teamwork: '7', desk: '700' } }),
    },
  };
  const desk = (fields = {}) => aPerson('desk', '2', { company: '700', ...fields });

  test('agrees: nothing', () => {
    expect(brief(linked(aPerson('teamwork', '1'), desk(), both))).toEqual({
      situation: 'agreed',
      status: 'in_sync',
      reason: 'agreed',
      steps: [],
    });
  });

  test('R25: whose Desk company is taken away is suspended', () => {
    const view = linked(aPerson('teamwork', '1'), desk(), both);
    const without = {
      ...view,
      records: { ...view.records, desk: desk({ company: '' }) },
      parents: { ...both.parents, desk: null },
    };
    expect(brief(without)).toMatchObject({ status: 'suspended', reason: 'no_company', steps: [] });
  });

  test('R8: whose company was not read is not suspended for it', () => {
    const { company: _, ...read } = aPerson('teamwork', '1').fields;
    const view = linked({ ...aPerson('teamwork', '1'), fields: read }, desk({ lastName: 'Lovelace' }), {
      parents: { ...both.parents, teamwork: aParent('teamwork', '7', null) },
    });
    const bases = { teamwork: view.link.bases.teamwork, desk: desk().fields };
    expect(brief({ ...view, link: { ...view.link, bases } }).steps).toEqual(['update teamwork']);
  });

  test('R25: whose company’s link is broken is suspended', () => {
    const parents = { ...both.parents, desk: aParent('desk', '700', { phase: 'broken' }) };
    expect(brief(linked(aPerson('teamwork', '1'), desk(), { parents }))).toMatchObject({
      status: 'suspended',
      reason: 'company_broken',
    });
  });

  test('R1: who joins the owner company is suspended', () => {
    const view = linked(aPerson('teamwork', '1', {}, { scope: 'staff' }), desk(), both);
    expect(brief(view)).toMatchObject({ status: 'suspended', reason: 'owner_company_person' });
  });

  test('R1: who takes the email of somebody of the owner company is suspended, and nothing is written', () => {
    const view = linked(aPerson('teamwork', '1'), desk({ email: 'staff@owner.test' }), both);
    expect(brief({ ...view, staffHasEmail: true })).toEqual({
      situation: 'parent_not_linked',
      status: 'suspended',
      reason: 'owner_company_person',
      steps: [],
    });
  });

  test('R10: who moves between linked companies moves on the other side', () => {
    const view = linked(aPerson('teamwork', '1'), desk(), both);
    const moved = {
      ...view,
      records: { ...view.records, teamwork: aPerson('teamwork', '1', { company: '8' }) },
      parents: { ...both.parents, teamwork: aParent('teamwork', '8', { number: 80 }) },
    };
    expect(planLink(moved).steps).toMatchObject([{ side: 'desk', values: { company: '800' } }]);
  });

  test('R27: the email of one who signs in is not changed from Desk, the name is', () => {
    const view = linked(aPerson('teamwork', '1', {}, { signsIn: true }), desk(), both);
    const edited = {
      ...view,
      records: { ...view.records, desk: desk({ email: 'new@acme.test', lastName: 'Lovelace' }) },
    };
    const plan = planLink(edited);
    expect(plan.steps).toMatchObject([{ side: 'teamwork', values: { lastName: 'Lovelace' } }]);
    expect(plan.notes).toEqual([{ field: 'email', reason: 'login_email_protected' }]);
  });

  test('R21 R25: deleted together with its company, the company’s link is the cause', () => {
    const company = { ...aParent('teamwork', '7', { phase: 'broken' }), presence: 'gone' as const };
    const parents = { ...both.parents, teamwork: company };
    const view = linked(aPerson('teamwork', '1', {}, { presence: 'gone' }), desk(), { parents });
    expect(planLink(view).breakAs).toEqual({
      reason: 'deleted_in_teamwork',
      side: 'teamwork',
      causeLink: 70,
    });
  });
});
