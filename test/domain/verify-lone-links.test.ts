/** What the link of a record without a counterpart says, and what of it verify believes. */
import type { Link } from '../../src/domain/link';
import type { VerifyInput } from '../../src/domain/verify';
import { aCompany, aLink } from '../support/views';
import { ada, causes, deskAda, excuses, judge } from '../support/verify-worlds';

describe('a record without a counterpart whose link says that it is', () => {
  const loneLink = (link: Partial<Link>) =>
    aLink('customer', { number: 3, ids: { teamwork: '1', desk: null }, ...link });

  test.each<[string, Partial<Link>, string]>([
    ['R31: failing', { status: 'failing', reason: 'refused' }, 'failing'],
    ['R31: pending', { status: 'pending', reason: 'changes_to_write' }, 'pending'],
  ])('%s is a difference', (_, link, cause) => {
    expect(judge([ada], [loneLink(link)]).differences).toEqual([
      {
        cause,
        reason: link.reason,
        kind: 'customer',
        link: 3,
        ids: { teamwork: '1', desk: null },
        fields: [],
      },
    ]);
  });

  test.each<[string, Partial<Link>, Partial<VerifyInput>, string]>([
    ['R26: held', { status: 'held', reason: 'mass_change' }, {}, 'held: mass_change'],
    ['R30: paused', { status: 'failing', paused: true }, {}, 'paused: paused_by_operator'],
    [
      'R30: of a paused site',
      { status: 'failing' },
      { paused: { site: true, kinds: [] } },
      'paused: paused_by_operator',
    ],
    [
      'R33: not made while the vendor syncs',
      { status: 'excluded' },
      { adoptOnly: true },
      'excluded: vendor_sync_running',
    ],
  ])('%s is explained', (_, link, more, expected) => {
    const report = judge([ada], [loneLink(link)], more);
    expect([causes(report), excuses(report)]).toEqual([[], [expected]]);
  });

  test.each<[string, Partial<Link>, Partial<VerifyInput>, string[], string[]]>([
    ['R5: unchecked', { asked: 'unchecked', status: 'excluded' }, {}, [], ['excluded: unchecked']],
    ['R5: asked for', { asked: 'yes', status: 'excluded' }, {}, ['no_counterpart'], []],
    ['R5: not asked for, and failing', { status: 'failing', reason: 'refused' }, {}, ['failing'], []],
    ['R5: not asked for, and pending', { status: 'pending' }, {}, ['pending'], []],
    ['R14: not asked for, and a question', { status: 'question' }, {}, [], ['question: null']],
    [
      'R33: asked for while the vendor syncs',
      { asked: 'yes', status: 'excluded' },
      { adoptOnly: true },
      [],
      ['excluded: vendor_sync_running'],
    ],
    [
      'R33: failing while the vendor syncs',
      { asked: 'yes', status: 'failing' },
      { adoptOnly: true },
      ['failing'],
      [],
    ],
    [
      'R33: pending while the vendor syncs',
      { asked: 'yes', status: 'pending' },
      { adoptOnly: true },
      ['pending'],
      [],
    ],
  ])('a company of Desk %s', (_, link, more, differences, explained) => {
    const own = aLink('company', { number: 3, ids: { teamwork: null, desk: '80' }, ...link });
    const report = judge([aCompany('desk', '80', { name: 'Other' })], [own], more);
    expect([causes(report), excuses(report)]).toEqual([differences, explained]);
  });

  test.each<[string, Partial<Link>, Partial<VerifyInput>, string[], string[]]>([
    ['R7: failing, the setting off', { status: 'failing' }, {}, ['failing'], []],
    ['R7: pending, the setting off', { status: 'pending' }, {}, ['pending'], []],
    ['R14: a question, the setting off', { status: 'question' }, {}, [], ['question: null']],
    ['R7: asked for', { status: 'excluded', asked: 'yes' }, {}, ['no_counterpart'], []],
    [
      'R7: there before the setting was turned on',
      { status: 'excluded', reason: 'automatic_creation_off' },
      { automaticallyCreateContacts: true },
      [],
      ['excluded: automatic_creation_off'],
    ],
    [
      'R7: failing for that reason',
      { status: 'failing', reason: 'automatic_creation_off' },
      { automaticallyCreateContacts: true },
      ['failing'],
      [],
    ],
  ])('a customer of Desk %s', (_, link, more, differences, explained) => {
    const own = aLink('customer', { number: 3, ids: { teamwork: null, desk: '10' }, ...link });
    const report = judge([deskAda], [own], more);
    expect([causes(report), excuses(report)]).toEqual([differences, explained]);
  });

  test('R22: of what remained of a broken link and has a new one, the new one tells', () => {
    const gone = loneLink({ number: 2, phase: 'broken', ids: { teamwork: '1', desk: '99' } });
    expect(causes(judge([ada], [gone, loneLink({ status: 'failing' })]))).toEqual(['failing']);
  });
});
