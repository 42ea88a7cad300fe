import type { LinkView } from '../../src/domain/plan';
import { aCompany, facing, lone } from '../support/views';
import { adopting, told, withLink } from './planner-told';

const gone = { presence: 'gone' } as const;

describe('R31 a lone company', () => {
  const client = aCompany('teamwork', '7');
  const company = aCompany('desk', '9');
  const pair = facing(client, [company]);
  const another = facing(client, [aCompany('desk', '8', { name: 'Other' }), company]);
  const marked = (view: LinkView, id: string, more: object): LinkView => {
    const of = (records: LinkView['group']['desk']) =>
      records.map((record) => (record.id === id ? { ...record, ...more } : record));
    const { teamwork, desk, answers } = view.group;
    return { ...view, group: { teamwork: of(teamwork), desk: of(desk), answers } };
  };
  const heldDesk = { ...pair.group, desk: pair.group.desk.map((record) => ({ ...record, heldBy: 3 })) };

  test.each<[string, LinkView, string[]]>([
    [
      'R4 a client',
      lone(client),
      ['absent_wanted, pending: changes_to_write', 'changes_to_write: company 7 of teamwork, link 1'],
    ],
    [
      'R5 one of Desk',
      lone(company),
      ['absent_not_wanted, excluded: not_asked', 'not_asked: company 9 of desk, link 1'],
    ],
    [
      'R5 one of Desk whose box was left unchecked',
      withLink(lone(company), { asked: 'unchecked' }),
      ['absent_not_wanted, excluded: unchecked', 'unchecked: company 9 of desk, link 1'],
    ],
    [
      'R5 a match of a company whose box was left unchecked',
      withLink(facing(company, [client]), { asked: 'unchecked' }),
      ['ambiguous, question: unchecked', 'unchecked: company 9 of desk, link 1'],
    ],
    [
      'R1 the owner company',
      lone(aCompany('teamwork', '1', {}, { scope: 'owner' })),
      ['absent_not_wanted, excluded: owner_company', 'owner_company: company 1 of teamwork, link 1'],
    ],
    [
      'R9 one whose name was not read',
      lone({ ...client, fields: { website: 'acme.test' } }),
      ['essential_missing, excluded: missing_name', 'missing_name: company 7 of teamwork, link 1'],
    ],
    [
      'R23 a client that is there no longer',
      lone(aCompany('teamwork', '7', {}, gone)),
      [
        'absent_not_wanted, excluded: deleted_in_teamwork',
        'deleted_in_teamwork: company 7 of teamwork, link 1',
      ],
    ],
    [
      'R23 one of Desk that a listing lacks',
      lone(aCompany('desk', '9', {}, { presence: 'missing' })),
      ['absent_not_wanted, excluded: deleted_in_desk', 'deleted_in_desk: company 9 of desk, link 1'],
    ],
    [
      'R33 a client while the vendor’s own sync seems on',
      adopting(lone(client)),
      [
        'absent_not_wanted, excluded: vendor_sync_running',
        'vendor_sync_running: company 7 of teamwork, link 1',
      ],
    ],
    [
      'R14 one of two candidates',
      facing(client, [company, aCompany('desk', '8')]),
      [
        'ambiguous, question: ambiguous_match',
        'ambiguous_match: company 7 of teamwork, link 1',
        'ambiguous_match: company 8 of desk, link null',
        'ambiguous_match: company 9 of desk, link null',
      ],
    ],
    [
      'R15 one whose counterpart a link holds',
      { ...pair, group: heldDesk },
      ['taken, failing: taken', 'taken: company 7 of teamwork, link 1', 'taken: company 9 of desk, link 3'],
    ],
    [
      'R5 one of Desk whose counterpart a link holds, while nobody asks',
      (({ group, ...view }) => ({
        ...view,
        group: { ...group, teamwork: group.teamwork.map((record) => ({ ...record, heldBy: 3 })) },
      }))(facing(company, [client])),
      ['absent_not_wanted, excluded: not_asked', 'not_asked: company 9 of desk, link 1'],
    ],
    [
      'R14 one that is linked to its match',
      pair,
      ['found, in_sync: agreed', 'changes_to_write: company 7 of teamwork, link 1'],
    ],
    [
      'R14 one of Desk that is linked to its match though nobody asked',
      facing(company, [client]),
      ['found, in_sync: agreed', 'changes_to_write: company 9 of desk, link 1'],
    ],
    [
      'R5 one beside another whose box was left unchecked',
      marked(another, '8', { asked: 'unchecked' }),
      ['found, in_sync: agreed', 'changes_to_write: company 7 of teamwork, link 1'],
    ],
    [
      'R22 one beside what remained of a broken link',
      marked(another, '8', {
        tombstone: { link: 8, since: '2026-02-01T00:00:00Z', brokenAt: '2026-02-01T00:00:00Z' },
      }),
      ['found, in_sync: agreed', 'changes_to_write: company 7 of teamwork, link 1'],
    ],
    [
      'R5 one of two candidates of a company whose box was left unchecked',
      withLink(facing(company, [client, aCompany('teamwork', '8')]), { asked: 'unchecked' }),
      [
        'ambiguous, question: ambiguous_match',
        'ambiguous_match: company 9 of desk, link 1',
        'ambiguous_match: company 7 of teamwork, link null',
        'ambiguous_match: company 8 of teamwork, link null',
      ],
    ],
    [
      'R14 one that is linked to a match whose record is not at hand',
      { ...pair, counterparts: [] },
      ['found, pending: changes_to_write', 'changes_to_write: company 7 of teamwork, link 1'],
    ],
    [
      'R23 one whose match is missing from a listing',
      facing(client, [aCompany('desk', '9', {}, { presence: 'missing' })]),
      [
        'gone_to_be_confirmed, pending: gone_to_be_confirmed',
        'gone_to_be_confirmed: company 9 of desk, link null',
      ],
    ],
    [
      'R23 one whose match is there, while a listing lacks another',
      facing(client, [aCompany('desk', '8', { name: 'Other' }, { presence: 'missing' }), company]),
      ['found, in_sync: agreed', 'changes_to_write: company 7 of teamwork, link 1'],
    ],
    [
      'R12 one that is linked to its match and has something to tell',
      facing(aCompany('teamwork', '7', { website: 'acme.test' }), [company]),
      [
        'found, pending: changes_to_write',
        'changes_to_write: company 7 of teamwork, link 1',
        'changes_to_write: company null of null, link 1',
      ],
    ],
    [
      'R33 one that is linked to its match and has to wait with what it tells',
      adopting(facing(aCompany('teamwork', '7', { website: 'acme.test' }), [company])),
      ['found, held: vendor_sync_running', 'vendor_sync_running: company null of null, link 1'],
    ],
    [
      'of which no record is known',
      { ...lone(client), records: { teamwork: null, desk: null } },
      ['absent_not_wanted, excluded: not_asked', 'not_asked: company null of null, link 1'],
    ],
    [
      'of which both records are',
      { ...lone(client), records: { teamwork: client, desk: company } },
      ['absent_not_wanted, excluded: not_asked', 'not_asked: company null of null, link 1'],
    ],
  ])('%s', (_, view, expected) => {
    expect(told(view)).toEqual(expected);
  });

  test('R22 one that meets what remained of a broken link', () => {
    const remained = {
      tombstone: { link: 9, since: '2026-02-01T00:00:00Z', brokenAt: '2026-02-01T00:00:00Z' },
    };
    const asked = withLink(marked(another, '9', remained), { asked: 'yes' });
    for (const view of [marked(another, '9', remained), asked]) {
      expect(told(view)).toEqual([
        'ambiguous, question: made_after_break',
        'made_after_break: company 7 of teamwork, link 1',
        'made_after_break: company 9 of desk, link 9',
      ]);
    }
    const answers = [{ teamwork: '7', desk: '9', verdict: 'same' as const }];
    const answered = marked(another, '9', remained);
    expect(told({ ...answered, group: { ...answered.group, answers } })[0]).toBe('found, in_sync: agreed');
  });
});
