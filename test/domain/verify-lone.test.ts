import { verify } from '../../src/domain/verify';
import { aCompany, aLink, aPerson } from '../support/views';
import { aWorld, ada, causes, client, deskAda, excuses, judge, pairOf } from '../support/verify-worlds';

describe('a record without a counterpart', () => {
  test.each([
    ['R3: a person of a linked client', ada],
    ['R4: a client company', aCompany('teamwork', '8', { name: 'Other' })],
  ])('%s is a difference', (_, record) => {
    expect(causes(judge([record], []))).toEqual(['no_counterpart']);
  });

  test.each([
    [
      'R1: the owner company',
      { ...aCompany('teamwork', '8'), scope: 'owner' as const },
      'excluded: owner_company',
    ],
    ['R1: staff', { ...ada, scope: 'staff' as const }, 'excluded: owner_company_person'],
    ['R1: a service account', { ...ada, scope: 'service' as const }, 'excluded: service_account'],
    [
      'R9: a person without last name',
      aPerson('teamwork', '1', { lastName: ' ' }),
      'excluded: missing_last_name',
    ],
    ['R9: an email that is none', aPerson('teamwork', '1', { email: 'ada' }), 'excluded: malformed_email'],
    ['R5: a company made in Desk', aCompany('desk', '80'), 'excluded: not_asked'],
    ['R6: a Desk customer without company', aPerson('desk', '10', { company: '' }), 'excluded: no_company'],
    [
      'R6: one in a company that stands alone',
      aPerson('desk', '10', { company: '80' }),
      'excluded: company_not_linked',
    ],
    ['R7: one of a linked company', deskAda, 'excluded: automatic_creation_off'],
  ])('%s is explained', (_, record, expected) => {
    const report = judge([record], []);
    expect([causes(report), excuses(report)]).toEqual([[], [expected]]);
  });

  test('R16: a person waits while the company is not linked; the company is the difference', () => {
    const report = verify(aWorld([client, ada], []));
    expect([causes(report), excuses(report)]).toEqual([
      ['no_counterpart'],
      ['waiting: company_not_yet_linked'],
    ]);
  });

  test('R1: a Desk customer with an email of staff is explained', () => {
    const staff = { ...ada, scope: 'staff' as const };
    expect(excuses(judge([staff, deskAda], []))).toEqual([
      'excluded: owner_company_person',
      'excluded: owner_company_person',
    ]);
  });

  test('R7: with the setting on, a Desk customer of a linked company is a difference', () => {
    expect(causes(judge([deskAda], [], { automaticallyCreateContacts: true }))).toEqual(['no_counterpart']);
  });

  test('R7: with the setting on, one who was there before stays explained', () => {
    const earlier = aLink('customer', {
      number: 2,
      ids: { teamwork: null, desk: '10' },
      status: 'excluded',
      reason: 'earlier_customer',
    });
    expect(excuses(judge([deskAda], [earlier], { automaticallyCreateContacts: true }))).toEqual([
      'excluded: earlier_customer',
    ]);
  });

  test('R14: a question is explained', () => {
    const asked = aLink('customer', {
      ids: { teamwork: '1', desk: null },
      status: 'question',
      reason: 'ambiguous_match',
    });
    expect(excuses(judge([ada], [asked]))).toEqual(['question: ambiguous_match']);
  });

  test('is no excuse that the engine calls it excluded for a reason that is not there', () => {
    const wrong = aLink('customer', {
      ids: { teamwork: '1', desk: null },
      status: 'excluded',
      reason: 'no_company',
    });
    expect(causes(judge([ada], [wrong]))).toEqual(['no_counterpart']);
  });
});

describe('identity', () => {
  test('two links for one record are a difference', () => {
    const other = aPerson('desk', '11', { company: '70', email: 'b@acme.test' });
    const links = [pairOf(ada, deskAda), pairOf(ada, other, { number: 2 })];
    expect(causes(judge([ada, deskAda, other], links))).toEqual(
      expect.arrayContaining(['two_links', 'two_links']),
    );
  });

  const tombstone = {
    reason: 'deleted_in_desk',
    at: '2026-02-01T00:00:00Z',
    side: 'desk',
    causeLink: null,
  } as const;
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
});

test('before the first InitialSync has finished there is a difference', () => {
  expect(causes(judge([], [], { initialSyncFinished: false }))).toEqual(['initial_sync_unfinished']);
});

test('a listing entry that could not be understood is a difference', () => {
  const unreadable = [{ side: 'desk', kind: 'customer', id: '66' }] as const;
  expect(judge([], [], { unreadable }).differences).toMatchObject([
    { cause: 'unreadable', ids: { desk: '66' } },
  ]);
});
