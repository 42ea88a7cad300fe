import { guardedChanges, heldPlan } from '../../src/domain/guarded-changes';
import { explainLink } from '../../src/domain/explanation';
import type { LinkView } from '../../src/domain/plan';
import { planLink } from '../../src/domain/planner';
import { aCompany, aParent, aPerson, linked, lone } from '../support/views';

const counted = (view: LinkView, inRun = false) =>
  guardedChanges({ view, plan: planLink(view) }, inRun).map(({ change, field }) => field ?? change);

const parents = {
  teamwork: aParent('teamwork', '7'),
  desk: aParent('desk', '700', { ids: { teamwork: '7', desk: '700' } }),
};

/** A linked company whose website was set to this in Teamwork.com. */
function rewritten(website: string, before = 'old.test'): LinkView {
  const agreed = aCompany('teamwork', '7', { website: before });
  const pair = linked(agreed, aCompany('desk', '70', { website: before }));
  return { ...pair, records: { ...pair.records, teamwork: aCompany('teamwork', '7', { website }) } };
}

/** A customer of a linked company who becomes a contact. */
function newContact(company: Parameters<typeof aParent>[2], createdAt: string): LinkView {
  return lone(aPerson('desk', '10', { company: '70' }, { createdAt }), {
    parents: { teamwork: null, desk: aParent('desk', '70', company) },
    policy: { conflict: 'latest', automaticallyCreateContacts: true, automaticSince: null, adoptOnly: false },
  });
}

describe('R26 what counts towards a mass change', () => {
  it.each([
    ['rewritten', 'new.test', 'old.test', ['website']],
    ['blanked', '', 'old.test', ['website']],
    ['filled in', 'new.test', '', []],
  ])('R26 a field %s', (_, website, before, expected) => {
    expect(counted(rewritten(website, before))).toEqual(expected);
  });

  it('R26 another alternative email takes nothing away, one less does', () => {
    const withEmails = (teamwork: string[], desk: string[]) => {
      const pair = linked(
        aPerson('teamwork', '1', { alternativeEmails: desk }),
        aPerson('desk', '10', { company: '700', alternativeEmails: desk }),
        { parents },
      );
      const edited = aPerson('teamwork', '1', { alternativeEmails: teamwork });
      return counted({ ...pair, records: { ...pair.records, teamwork: edited } });
    };
    expect(withEmails(['a@x.test', 'b@x.test'], ['a@x.test'])).toEqual([]);
    expect(withEmails(['b@x.test'], ['a@x.test', 'b@x.test'])).toEqual(['alternativeEmails']);
  });

  it('R26 a field that both sides are to have anew is one change, for exactly both values', () => {
    const emails = (side: 'teamwork' | 'desk', alternativeEmails: string[]) =>
      side === 'teamwork'
        ? aPerson('teamwork', '1', { alternativeEmails })
        : aPerson('desk', '10', { company: '700', alternativeEmails });
    const before = ['a@x.test', 'b@x.test', 'c@x.test'];
    const pair = linked(emails('teamwork', before), emails('desk', before), { parents });
    const records = {
      teamwork: emails('teamwork', before.slice(1)),
      desk: emails('desk', before.slice(0, 2)),
    };
    const view = { ...pair, records };
    const [change, ...others] = guardedChanges({ view, plan: planLink(view) }, false);
    expect(others).toEqual([]);
    expect(change).toMatchObject({ change: 'field_change', field: 'alternativeEmails' });
    expect(change?.exactly).toEqual(['teamwork', ['b@x.test'], 'desk', ['b@x.test']]);
  });

  it('R26 a deletion is a break, the people whom it took are part of it', () => {
    const gone = aPerson('teamwork', '1', {}, { presence: 'gone' });
    const person = linked(gone, aPerson('desk', '10', { company: '700' }), { parents });
    expect(counted(person)).toEqual(['break']);
    const company = { ...aParent('teamwork', '7', { phase: 'broken' }), presence: 'gone' as const };
    expect(counted({ ...person, parents: { ...parents, teamwork: company } })).toEqual([]);
  });

  it('R7 R26 a contact made by the setting counts; one that a run plans does not', () => {
    const view = newContact({}, '2026-01-20T00:00:00Z');
    expect([counted(view), counted(view, true)]).toEqual([['contact_creation'], []]);
  });

  it('R5 R26 those who were there when their company was asked for were announced', () => {
    expect(counted(newContact({ asked: 'yes' }, '2026-01-01T00:00:00Z'))).toEqual([]);
    expect(counted(newContact({ asked: 'yes' }, '2026-01-20T00:00:00Z'))).toEqual(['contact_creation']);
  });

  it('R12 R26 a first match that a run plans was announced', () => {
    const firstMatch = { ...rewritten('new.test') };
    const view = { ...firstMatch, link: { ...firstMatch.link, bases: { teamwork: {}, desk: {} } } };
    expect([counted(view), counted(view, true)]).toEqual([['website'], []]);
  });
});

test('R26: of a decision that is held nothing is done', () => {
  const view = rewritten('new.test');
  expect(heldPlan(view, planLink(view), 'mass_change')).toMatchObject({
    status: 'held',
    reason: 'mass_change',
    steps: [],
    breakAs: null,
    pairWith: null,
  });
});

test('R26 R31: explain says held of a break that waits, not broken', () => {
  const pair = linked(aCompany('teamwork', '7', {}, { presence: 'gone' }), aCompany('desk', '70'));
  const stand = { frozen: null, paused: { site: false, kinds: [] } };
  const held = { ...pair, link: { ...pair.link, status: 'held' as const, reason: 'mass_change' as const } };
  expect(explainLink(held, stand)).toMatchObject({ status: 'held', reason: 'mass_change' });
  expect(explainLink({ ...held, hold: 12 }, stand).action).toBe('teamwork-desk-sync approve 12');
});
