import {
  announcedByItsRun,
  announcedByNobody,
  besideInitialSync,
  guardedChanges,
} from '../../src/domain/guarded-changes';
import type { LinkView, Plan, Step } from '../../src/domain/plan';
import { nothingToDo } from '../../src/domain/plan-shapes';
import { planLink } from '../../src/domain/planner';
import { aCompany, aParent, aPerson, facing, linked, lone } from '../support/views';

const counted = (view: LinkView, announced = announcedByNobody) =>
  guardedChanges({ view, plan: planLink(view) }, announced).map(({ change, field }) => field ?? change);

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
    const [change, ...others] = guardedChanges({ view, plan: planLink(view) }, announcedByNobody);
    expect(others).toEqual([]);
    expect(change).toMatchObject({ change: 'field_change', field: 'alternativeEmails' });
    expect(change?.exactly).toEqual(['teamwork', ['b@x.test'], 'desk', ['b@x.test']]);
  });

  it('R26 a deletion is a break, the people whom it took are part of it', () => {
    const gone = aPerson('teamwork', '1', {}, { presence: 'gone' });
    const person = linked(gone, aPerson('desk', '10', { company: '700' }), { parents });
    expect(counted(person)).toEqual(['break']);
    const company = { ...aParent('teamwork', '7', { phase: 'broken' }), presence: 'gone' as const };
    const withIt = { ...person, parents: { ...parents, teamwork: company } };
    expect(guardedChanges({ view: withIt, plan: planLink(withIt) }, announcedByNobody)).toEqual([]);
    expect(guardedChanges({ view: person, plan: planLink(person) }, announcedByNobody)).toEqual([
      { change: 'break', field: null, exactly: ['deleted_in_teamwork', 'teamwork'] },
    ]);
  });

  it('R7 R26 a contact made by the setting counts; one that a run plans does not', () => {
    const view = newContact({}, '2026-01-20T00:00:00Z');
    expect([counted(view), counted(view, announcedByItsRun)]).toEqual([['contact_creation'], []]);
    // Whoever comes while it is under way was not there when it was asked for.
    expect(counted(view, besideInitialSync)).toEqual(['contact_creation']);
  });

  it('R5 R26 those who were there when their company was asked for were announced', () => {
    expect(counted(newContact({ asked: 'yes' }, '2026-01-01T00:00:00Z'))).toEqual([]);
    expect(counted(newContact({ asked: 'yes' }, '2026-01-20T00:00:00Z'))).toEqual(['contact_creation']);
  });

  it('R12 R26 a first match that a run plans was announced', () => {
    const firstMatch = { ...rewritten('new.test') };
    const view = { ...firstMatch, link: { ...firstMatch.link, bases: { teamwork: {}, desk: {} } } };
    expect([counted(view), counted(view, announcedByItsRun)]).toEqual([['website'], []]);
    expect(counted(view, besideInitialSync)).toEqual([]);
  });
});

describe('R26 the guard counts by itself, whatever was planned', () => {
  const step = (action: Step['action'], side: Step['side'], values: Step['values'] = {}): Step => ({
    ...{ action, side, values },
    sourceBase: {},
  });
  const planOf = (...steps: readonly Step[]): Plan => ({
    ...nothingToDo('absent_wanted', 'pending', 'changes_to_write'),
    steps,
  });
  const countedAs = (view: LinkView, ...steps: readonly Step[]) =>
    guardedChanges({ view, plan: planOf(...steps) }, announcedByNobody).map(
      ({ change, field }) => field ?? change,
    );
  const newPerson = newContact({}, '2026-01-20T00:00:00Z');
  const withLink = (link: Partial<LinkView['link']>): LinkView => ({
    ...newPerson,
    link: { ...newPerson.link, ...link },
  });

  it('R7 R26 a contact is counted by the customer that it is made of', () => {
    expect(
      guardedChanges({ view: newPerson, plan: planOf(step('create', 'teamwork')) }, announcedByNobody),
    ).toEqual([{ change: 'contact_creation', field: null, exactly: ['10'] }]);
  });

  it.each<[string, LinkView, Step['side']]>([
    ['a customer made in Desk', lone(aPerson('teamwork', '1'), { parents }), 'desk'],
    ['a client', lone(aCompany('desk', '70')), 'teamwork'],
    ['a contact asked for', withLink({ asked: 'yes' }), 'teamwork'],
    ['a contact restored', withLink({ incarnation: 2 }), 'teamwork'],
  ])('R5 R22 R26 %s is none of the contacts counted', (_, view, side) => {
    expect(countedAs(view, step('create', side))).toEqual([]);
  });

  const asked = { asked: 'yes', activeSince: '2026-01-15T00:00:00Z' } as const;
  it.each<[string, Parameters<typeof aParent>[2], string | null, readonly string[]]>([
    ['before its company was asked for', asked, '2026-01-14T23:59:59Z', []],
    ['nobody knows when, into one asked for', asked, null, []],
    ['in the moment in which it was asked for', asked, '2026-01-15T00:00:00Z', ['contact_creation']],
    [
      'before one that nobody asked for',
      { ...asked, asked: null },
      '2026-01-01T00:00:00Z',
      ['contact_creation'],
    ],
    ['into one linked nobody knows since when', { ...asked, activeSince: null }, null, ['contact_creation']],
    ['into one without a link', null, null, ['contact_creation']],
  ])('R5 R26 who came %s', (_, company, createdAt, expected) => {
    const person = aPerson('desk', '10', { company: '70' }, { createdAt });
    const view = lone(person, { parents: { teamwork: null, desk: aParent('desk', '70', company) } });
    expect(countedAs(view, step('create', 'teamwork'))).toEqual(expected);
  });

  it('R5 R26 what came into a company since then counts, however old it is', () => {
    const changedAt = { company: '2026-01-16T00:00:00Z' };
    const person = aPerson('desk', '10', { company: '70' }, { changedAt, createdAt: '2025-01-01T00:00:00Z' });
    const view = lone(person, { parents: { teamwork: null, desk: aParent('desk', '70', asked) } });
    expect(countedAs(view, step('create', 'teamwork'))).toEqual(['contact_creation']);
  });

  it('R26 without a company or a record of Desk at hand, a contact counts', () => {
    expect(
      countedAs({ ...newPerson, parents: { teamwork: null, desk: null } }, step('create', 'teamwork')),
    ).toEqual(['contact_creation']);
    const unread = { ...newPerson, records: { teamwork: null, desk: null } };
    expect(countedAs(unread, step('create', 'teamwork'))).toEqual(['contact_creation']);
    const announced = newContact(asked, '2026-01-20T00:00:00Z');
    expect(countedAs({ ...announced, records: unread.records }, step('create', 'teamwork'))).toEqual([]);
  });

  it('R8 R26 of emails that were never read none is known to be taken away', () => {
    const { alternativeEmails: _, ...fields } = aPerson('desk', '10').fields;
    const view = { ...newPerson, records: { teamwork: null, desk: { ...aPerson('desk', '10'), fields } } };
    expect(countedAs(view, step('update', 'desk', { alternativeEmails: ['a@x.test'] }))).toEqual([]);
  });

  it('R26 two fields are two changes', () => {
    expect(
      countedAs(rewritten('new.test'), step('update', 'desk', { name: 'Other', website: 'new.test' })),
    ).toEqual(['name', 'website']);
  });

  it('R13 R26 another form of the same value takes nothing away', () => {
    expect(
      countedAs(rewritten('new.test'), step('update', 'desk', { website: 'https://www.old.test/' })),
    ).toEqual([]);
  });

  it('R8 R26 of a record that is not at hand nothing is known to be taken away', () => {
    expect(
      countedAs(lone(aCompany('teamwork', '7')), step('update', 'desk', { website: 'new.test' })),
    ).toEqual([]);
  });
});

test('R12 R26: a first match outside a run counts by what it replaces in the counterpart', () => {
  const client = aCompany('teamwork', '7', { website: 'new.test' });
  const company = aCompany('desk', '70', { website: 'old.test' });
  const elsewhere = { ...aCompany('teamwork', '70', { website: 'new.test' }), parent: null };
  const view = facing(client, [company]);
  const counterparts = [elsewhere, ...view.counterparts];
  expect([counted(view), counted(view, announcedByItsRun)]).toEqual([['website'], []]);
  const plan = { ...planLink(view) };
  expect(guardedChanges({ view: { ...view, counterparts }, plan }, announcedByNobody)).toEqual([
    { change: 'field_change', field: 'website', exactly: ['desk', 'new.test'] },
  ]);
});

test('R12 R26: what is a first match of one field only is announced for that field', () => {
  const view = rewritten('new.test');
  expect(counted(view, announcedByItsRun)).toEqual(['website']);
});
