/** Links and records, one for one (R22): what is held twice, and what came back. */
import type { Link } from '../../src/domain/link';
import type { Observation } from '../../src/domain/record';
import type { VerifyInput } from '../../src/domain/verify';
import { aLink, aPerson, tombstone } from '../support/views';
import { ada, causes, deskAda, excuses, judge, pairOf } from '../support/verify-worlds';

describe('identity', () => {
  test('two links for one record are a difference', () => {
    const other = aPerson('desk', '11', { company: '70', email: 'b@acme.test' });
    const links = [pairOf(ada, deskAda), pairOf(ada, other, { number: 2 })];
    expect(causes(judge([ada, deskAda, other], links))).toEqual(
      expect.arrayContaining(['two_links', 'two_links']),
    );
  });

  const broken = aLink('customer', {
    number: 2,
    phase: 'broken',
    ids: { teamwork: '1', desk: '10' },
    status: 'broken',
    reason: 'deleted_in_desk',
    tombstone,
  });

  test('R22: what remains of a broken link is explained', () => {
    const report = judge([ada], [broken]);
    expect([causes(report), excuses(report)]).toEqual([[], ['broken: deleted_in_desk']]);
  });

  test('R22: a deleted record that we made again is a difference', () => {
    const again = {
      ...aPerson('desk', '12', { company: '70' }),
      createdBy: 'engine',
      createdAt: '2026-02-02T00:00:00Z',
    };
    expect(causes(judge([ada, again], [broken, pairOf(ada, again)]))).toEqual(['revived']);
  });

  test('R22: a record that a person made after the break may be linked', () => {
    const made = {
      ...aPerson('desk', '12', { company: '70' }),
      createdBy: 'someone',
      createdAt: '2026-02-02T00:00:00Z',
    };
    expect(causes(judge([ada, made], [broken, pairOf(ada, made)]))).toEqual([]);
  });

  const again = (more: Partial<Observation> = {}) => ({
    ...aPerson('desk', '12', { company: '70' }),
    ...{ createdBy: 'engine', createdAt: '2026-02-02T00:00:00Z' },
    ...more,
  });
  const revived = (made: Observation, link: Partial<Link> = {}, more: Partial<VerifyInput> = {}) =>
    causes(judge([ada, made], [broken, pairOf(ada, made, link)], more));

  test.each<[string, Observation, Partial<Link>, Partial<VerifyInput>, string[]]>([
    ['by us in the moment of the break', again({ createdAt: tombstone.at }), {}, {}, ['revived']],
    ['by us before the break', again({ createdAt: '2026-01-31T00:00:00Z' }), {}, {}, []],
    ['by us nobody knows when', again({ createdAt: null }), {}, {}, []],
    ['by us as somebody asked', again(), { asked: 'yes' }, {}, []],
    [
      'by nobody that is told, as nobody knows who we are',
      again({ createdBy: null }),
      {},
      { users: { teamwork: null, desk: null } },
      [],
    ],
  ])('R22: a record made %s', (_, made, link, more, expected) => {
    expect(revived(made, link, more)).toEqual(expected);
  });

  test('R22: a broken link without its story leaves nothing that we may have made', () => {
    const made = again();
    expect(causes(judge([ada, made], [{ ...broken, tombstone: null }, pairOf(ada, made)]))).toEqual([
      'revived',
    ]);
  });

  test('R22: the very two joined again are a difference', () => {
    expect(causes(judge([ada, deskAda], [broken, pairOf(ada, deskAda)]))).toEqual(['revived']);
  });

  test('R22: joined to what is not there, the one that is not there is the difference', () => {
    expect(causes(judge([ada], [broken, pairOf(ada, again())]))).toEqual(['record_gone']);
  });

  test('R22: what remained may have a link of its own', () => {
    const alone = aLink('customer', { number: 3, ids: { teamwork: '1', desk: '10' }, status: 'question' });
    expect(judge([ada], [broken, alone])).toMatchObject({
      differences: [],
      explained: [
        {
          status: 'broken',
          kind: 'customer',
          link: 2,
          ids: { teamwork: '1', desk: '10' },
          fields: [],
          reason: 'deleted_in_desk',
        },
        { status: 'question', link: 3 },
      ],
    });
  });

  test('two lone links for two records are one each; two for one are told with all that is known of them', () => {
    const lone = (number: number, teamwork: string) =>
      aLink('customer', { number, ids: { teamwork, desk: null }, status: 'question' });
    const bob = aPerson('teamwork', '2', { email: 'bob@acme.test' });
    expect(causes(judge([ada, bob], [lone(3, '1'), lone(4, '2')]))).toEqual([]);
    const ids = { teamwork: '1', desk: null };
    expect(judge([ada], [lone(3, '1'), lone(4, '1')]).differences).toEqual(
      [3, 4].map((link) => ({ cause: 'two_links', reason: null, kind: 'customer', link, ids, fields: [] })),
    );
  });
});
