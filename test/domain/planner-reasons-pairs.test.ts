import type { Reason } from '../../src/domain/link';
import type { LinkView } from '../../src/domain/plan';
import { aCompany, aLink, linked } from '../support/views';
import { told, withLink } from './planner-told';

const gone = { presence: 'gone' } as const;

function broken(reason: Reason, side: 'desk' | null): Pick<LinkView['link'], 'phase' | 'tombstone'> {
  return { phase: 'broken', tombstone: { reason, side, at: '2026-03-01T00:00:00Z', causeLink: null } };
}

describe('R31 a pair', () => {
  const base = { name: 'Acme', website: '', email: '' };
  const pair = linked(aCompany('teamwork', '7'), aCompany('desk', '9'));
  const withRecords = (teamwork: object, desk: object): LinkView => ({
    ...pair,
    records: { teamwork: aCompany('teamwork', '7', base, teamwork), desk: aCompany('desk', '9', base, desk) },
  });
  const edited = (side: 'teamwork' | 'desk', fields: object) => ({
    ...pair.records,
    [side]: aCompany(side, side === 'desk' ? '9' : '7', fields),
  });

  test.each<[string, LinkView, string[]]>([
    ['R31 that agrees', pair, ['agreed, in_sync: agreed']],
    [
      'R10 edited on one side',
      { ...pair, records: edited('desk', { name: 'Acme 2' }) },
      ['changed_on_one_side, pending: changes_to_write', 'changes_to_write: company null of null, link 1'],
    ],
    [
      'R10 edited on both',
      {
        ...pair,
        records: {
          teamwork: aCompany('teamwork', '7', { name: 'Acme 2' }),
          desk: aCompany('desk', '9', { website: 'acme.test' }),
        },
      },
      ['changed_on_both, pending: changes_to_write', 'changes_to_write: company null of null, link 1'],
    ],
    [
      'R30 paused',
      withLink(pair, { paused: true }),
      ['agreed, paused: paused_by_operator', 'paused_by_operator: company null of null, link 1'],
    ],
    [
      'R15 with a write of unknown outcome',
      { ...pair, intent: { id: 'i', side: 'desk', action: 'update', values: {}, settled: false } },
      ['outcome_unknown, pending: settling', 'settling: company 9 of desk, link 1'],
    ],
    [
      'R23 missing on both sides',
      withRecords({ presence: 'missing' }, { presence: 'missing' }),
      [
        'gone_to_be_confirmed, pending: gone_to_be_confirmed',
        'gone_to_be_confirmed: company 7 of teamwork, link 1',
        'gone_to_be_confirmed: company 9 of desk, link 1',
      ],
    ],
    [
      'R23 never read on one side',
      { ...pair, records: { ...pair.records, desk: null } },
      [
        'gone_to_be_confirmed, pending: gone_to_be_confirmed',
        'gone_to_be_confirmed: company 9 of desk, link 1',
      ],
    ],
    [
      'R18 gone in Desk',
      withRecords({}, gone),
      ['gone, broken: deleted_in_desk', 'deleted_in_desk: company 9 of desk, link 1'],
    ],
    [
      'R20 gone in Teamwork.com',
      withRecords(gone, {}),
      ['gone, broken: deleted_in_teamwork', 'deleted_in_teamwork: company 7 of teamwork, link 1'],
    ],
    [
      'R23 gone on both sides',
      withRecords(gone, gone),
      ['gone_on_both, broken: deleted_on_both', 'deleted_on_both: company null of null, link 1'],
    ],
    [
      'R1 whose client became the owner company',
      withRecords({ scope: 'owner' }, {}),
      ['parent_not_linked, suspended: owner_company', 'owner_company: company 7 of teamwork, link 1'],
    ],
    [
      'R13 whose write was ignored',
      {
        ...pair,
        records: edited('teamwork', { name: 'Acme 2' }),
        ignored: { side: 'desk', values: { name: 'Acme 2' } },
      },
      ['ignored, failing: remote_ignored', 'remote_ignored: company 9 of desk, link 1'],
    ],
    [
      'R22 unlinked, both still there',
      withLink(pair, broken('unlinked_by_operator', null)),
      ['dead, broken: unlinked_by_operator', 'unlinked_by_operator: company null of null, link 1'],
    ],
    [
      'R22 deleted in Desk and there again',
      withLink(pair, broken('deleted_in_desk', 'desk')),
      [
        'dead, broken: deleted_in_desk',
        'deleted_in_desk: company 9 of desk, link 1',
        'back_from_trash: company 9 of desk, link 1',
      ],
    ],
    [
      'R22 deleted in Desk, and shown as deleted there',
      withLink(withRecords({}, { deleted: true }), broken('deleted_in_desk', 'desk')),
      ['dead, broken: deleted_in_desk', 'deleted_in_desk: company 9 of desk, link 1'],
    ],
    [
      'R22 deleted in Desk, where it was never read',
      withLink({ ...pair, records: { ...pair.records, desk: null } }, broken('deleted_in_desk', 'desk')),
      ['dead, broken: deleted_in_desk', 'deleted_in_desk: company 9 of desk, link 1'],
    ],
    [
      'R23 that a read has found again',
      withLink(pair, { status: 'pending', reason: 'gone_to_be_confirmed' }),
      ['agreed, in_sync: agreed'],
    ],
    [
      'R15 that fails for another reason',
      withLink(pair, { status: 'failing', reason: 'refused' }),
      ['agreed, in_sync: agreed'],
    ],
    [
      'R22 deleted on both, one there again',
      withLink(withRecords({}, gone), broken('deleted_on_both', null)),
      [
        'dead, broken: deleted_on_both',
        'deleted_on_both: company null of null, link 1',
        'back_from_trash: company 7 of teamwork, link 1',
      ],
    ],
    [
      'R22 broken without a story',
      { ...pair, link: aLink('company', { phase: 'merged', mergedInto: 2 }) },
      ['dead, broken: unlinked_by_operator', 'unlinked_by_operator: company null of null, link 1'],
    ],
  ])('%s', (_, view, expected) => {
    expect(told(view)).toEqual(expected);
  });
});
